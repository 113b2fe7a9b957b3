story  of three equal stops two are taken away, and the stream tells late that both rest: neither is believed, the one that rests stays
rows   B-15 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     s2 BTCUSDT 58800
       stop     s3 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
+5s    expect   rests BTCUSDT 1 at 58800
       stream   says stop s1 live
       stream   says stop s2 live
+60s   expect   sent cancel x2
       expect   rests BTCUSDT 1 at 58800
