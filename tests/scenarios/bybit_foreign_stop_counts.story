story  somebody else's conditional order beside the slot counts, and is never touched
rows   E4 A7 B-7 E16
only   bybit

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     theirs ETHUSDT 2950 10 foreign
       both     BTCUSDT long 1 @ 60000 stop 58800
       stop     part BTCUSDT 58900 0.4 foreign
       start
20.0s  expect   covered ETHUSDT at 2950
       expect   sent no stop ETHUSDT
       expect   covered BTCUSDT at 58800
       expect   sent stop BTCUSDT
       cancels  theirs
within 3s  expect  covered ETHUSDT at 2940
       trade    ETHUSDT sell 10 @ 3100
       trade    BTCUSDT sell 1 @ 61000
within 3s  expect  rows open 0 closed 2
+10s   expect   rests BTCUSDT 1 at 58900
       expect   sent no cancel
