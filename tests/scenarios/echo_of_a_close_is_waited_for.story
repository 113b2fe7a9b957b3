story  the stream tells a close as it should: it is not called silent before its echo can have come
rows   S-117 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
20.0s  stream   late 900ms
       ask      close BTCUSDT 50%
+10s   expect   row BTCUSDT long 0.25
       expect   sent no restream
       expect   no event STREAM_DOWN
