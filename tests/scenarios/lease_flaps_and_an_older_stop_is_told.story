story  a lease goes and comes, and the stream tells late of a stop that an earlier run had left and lists leave out now: that is no second holdfast
rows   E16 S-188
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  expect   covered BTCUSDT
       orders   hide s1
       lease    lost
       lease    held
+2s    says-new s1
+1s    expect   no account-finding second-engine
