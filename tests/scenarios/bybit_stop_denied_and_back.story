story  a venue denies the stop on a position and shows it again: the leg is covered again, whoever put it there
rows   E4 B-6 B-7
only   bybit

 0.0s  venue    BTCUSDT long 0.5 @ 60000
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       start    deaf
10.0s  expect   covered BTCUSDT at 58800
       orders   forget s1
within 60s  expect  event STOP_LOST BTCUSDT x1
+1s    expect   naked BTCUSDT
       orders   recall s1
within 60s  expect  covered BTCUSDT at 58800
+2m    expect   event STOP_LOST BTCUSDT x1
       expect   covered BTCUSDT at 58800
       expect   sent no stop BTCUSDT
