story  of two equal stops one is taken away, and the stream tells late that it rests: the one that does stays
rows   B-15 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     s2 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
+5s    expect   sent cancel s1
       expect   rests BTCUSDT 1 at 58800
       stream   says stop s1 live
+60s   expect   sent no cancel s2
       expect   sent cancel s1
       expect   rests BTCUSDT 1 at 58800
       expect   no event POSITION_NAKED
       expect   orders BTCUSDT cancelled 1
