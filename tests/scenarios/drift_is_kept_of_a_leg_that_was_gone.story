story  a position comes, goes, and comes again minutes later: the timeline of the leg has all three
rows   C-3

policy autonomy observe
 0.0s  mark     ETHUSDT 3000
       start
 5.0s  trade    ETHUSDT buy 2 @ 3000
20.0s  trade    ETHUSDT sell 2 @ 3010
5m     expect   gone ETHUSDT
       trade    ETHUSDT buy 1 @ 3020
+1s    expect   drifts ETHUSDT 3
