story  a stop that is tighter than the record says stays after a restart, until the trailing one is better
rows   C-6 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 61000
within 1s  expect  covered BTCUSDT at 60695
+2s    kill
+1s    amends   BTCUSDT 60900 untold
       start
+5s    expect   covered BTCUSDT at 60900
       expect   sent stop BTCUSDT x1
       mark     BTCUSDT 61100
+2s    expect   covered BTCUSDT at 60900
       expect   sent stop BTCUSDT x1
       mark     BTCUSDT 61300
within 1s  expect  covered BTCUSDT at 60993.5
+1s    expect   rests BTCUSDT 1 at 60993.5
