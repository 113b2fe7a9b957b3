story  somebody's stop is nearer than trailing would put ours: a better price is no reason to want or keep anything
rows   C-4 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     f1 BTCUSDT 60850 foreign
       mark     BTCUSDT 60860
       start
 5.0s  mark     BTCUSDT 60950
+1s    expect   kept BTCUSDT active best 60950
       mark     BTCUSDT 61100
+1s    expect   trail BTCUSDT active best 61100
       expect   kept BTCUSDT active best 60950
       expect   sent no stop
