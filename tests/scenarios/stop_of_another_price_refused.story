story  the venue refuses the better kind of stop: the one that is there is left alone, and nothing is closed
rows   E4

policy on_breach close
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2950 by-last
       mark     ETHUSDT 3000
       next     stop refused -2021 x20
       start
9m     expect   sent stop ETHUSDT x1
       expect   covered ETHUSDT at 2950
       expect   sent no close ETHUSDT
       expect   no event POSITION_NAKED
+5m    expect   sent stop ETHUSDT x2
