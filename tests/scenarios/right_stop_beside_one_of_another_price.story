story  beside the stop that the mark fires rests one that the last price fires: nothing is placed, the wrong one goes
rows   E4 C-8
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3000
       stop     s1 ETHUSDT 2960 by-last
       stop     s2 ETHUSDT 2950
       start
+10s   expect   sent no stop
       expect   sent cancel s1
       expect   sent no cancel s2
       expect   rests ETHUSDT 1 at 2950
       expect   covered ETHUSDT
