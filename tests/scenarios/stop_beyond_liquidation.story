story  the wanted stop lies beyond liquidation: one is placed before it, once
rows   E4 C-8

 0.0s  both     BTCUSDT long 0.5 @ 60000 liq 59400 stop 58800
       mark     BTCUSDT 60000
       start
within 2s  expect  covered BTCUSDT at 59460
10m    expect   sent stop BTCUSDT sell 0.5 @ 59460
       expect   rests BTCUSDT 1
