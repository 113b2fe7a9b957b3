story  the stream told one change of a leg and is silent about the next: a look that disagrees gives it away
rows   S-126 S-144 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
20.0s  trade    BTCUSDT sell 0.1 @ 61000
+5s    stream   silent
       trade    BTCUSDT sell 0.1 @ 61000
within 61s  expect  sent restream
       expect   event STREAM_DOWN x1 saying "alive but silent"
