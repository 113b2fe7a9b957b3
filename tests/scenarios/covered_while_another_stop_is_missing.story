story  a stop of ours is in no list and nobody answers about it, but another stop covers everything: the leg is covered
rows   E4 B-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     s2 BTCUSDT 58900 foreign
       mark     BTCUSDT 60100
       start
 5.0s  expect   covered BTCUSDT
       finds    fail
       orders   hide s1
       ask      resync
+2s    expect   covered BTCUSDT at 58900
