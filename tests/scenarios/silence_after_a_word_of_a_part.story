story  a stream that told of one part is silent about the next: a regular look gives it away
rows   B-5 HOLE-7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
10.0s  trade    ETHUSDT sell 1 @ 3050 trade 71
20.0s  stream   silent
       trade    ETHUSDT sell 1 @ 3060 trade 72
within 40s  expect  sent restream
       expect   event STREAM_DOWN x1 saying "it never told that"
