story  a live stop that the list leaves out is asked for by id before another one is stacked on it
rows   E4 E5 B-6 B-7

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  orders   hide s1
30m    expect   sent no stop BTCUSDT
       expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       expect   rests BTCUSDT 1
       orders   show s1
+40s   expect   covered BTCUSDT
       finds    fail 5
       orders   hide s1
+40s   expect   sent no stop BTCUSDT
