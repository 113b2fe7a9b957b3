story  a stream that was up for ten seconds and did not tell of a change is not believed any more
rows   B-5 HOLE-7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 1.0s  stream   silent
       trade    ETHUSDT sell 1 @ 3060 trade 72
10.01s ask      resync
+1s    expect   sent restream
