story  somebody's stop covers the leg, and a wider one of ours is fired by another price: nothing is placed for that
rows   E4 C-8
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3000
       stop     f1 ETHUSDT 2950 foreign
       stop     s1 ETHUSDT 2900 by-last
       start
60.0s  expect   sent no stop
       expect   covered ETHUSDT
