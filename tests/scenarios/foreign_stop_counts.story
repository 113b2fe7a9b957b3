story  somebody else's stop counts as protection and is never touched; ours fills what it leaves
rows   S-109 A19.15 E4
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     manual ETHUSDT 2950 4 foreign
       start
within 2s  expect  covered ETHUSDT at 2940
       expect   sent stop ETHUSDT sell 6 @ 2940
30.0s  cancels  manual
within 2s  expect  sent stop ETHUSDT sell 10 @ 2940
within 2s  expect  rests ETHUSDT 1 of 10
       trade    ETHUSDT sell 10 @ 3000
within 3s  expect  rests ETHUSDT 0
