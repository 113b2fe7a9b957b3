story  a stop of ours was cancelled beside a tighter one of somebody, and is told late to rest: it does not
rows   B-15 E4

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     f1 BTCUSDT 59000 foreign
       mark     BTCUSDT 60100
       start
 5.0s  expect   covered BTCUSDT at 58800
       cancels  s1
+1s    expect   covered BTCUSDT at 59000
       stream   says stop s1 live
+1s    expect   covered BTCUSDT at 59000  only binance
