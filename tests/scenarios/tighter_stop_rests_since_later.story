story  two stops cover a leg, and how long it is covered is told of the tighter one
rows   E4

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     far BTCUSDT 58000 foreign
       mark     BTCUSDT 60100
       start
40.0s  stop     near BTCUSDT 59000 foreign
       says-new near
+30s   expect   covered BTCUSDT at 58000
       expect   rested BTCUSDT 29950ms
