story  a refused move whose price has come back meanwhile is not sent again
rows   E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  next     stop refused -1008
       mark     BTCUSDT 60900
+100ms mark     BTCUSDT 60590
+1m    expect   sent stop BTCUSDT x1
       expect   covered BTCUSDT at 58800
       expect   sent no close
       mark     BTCUSDT 60950
within 2s  expect  covered BTCUSDT at 60645.25
