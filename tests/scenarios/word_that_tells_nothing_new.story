story  the stream tells a position as it is known: nothing is looked at and nothing is asked for
rows   S-183 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  stream   says BTCUSDT long 0.5 @ 60000
+5s    stream   says BTCUSDT long 0.5 @ 60000
29.0s  expect   sent no history
       expect   sent look x2
