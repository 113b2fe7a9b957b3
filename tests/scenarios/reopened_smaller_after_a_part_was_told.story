story  the stream tells of a part that was sold and goes down; the rest is closed and something smaller opened: the part explains nothing any more
rows   S-125 S-126 E2
only   bybit

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  history  fails
       trade    DOGEUSDT sell 10000 @ 0.39 trade 71
+60ms  stream   down
       trade    DOGEUSDT sell 30000 @ 0.39 trade 72 untold
       trade    DOGEUSDT buy 30000 @ 0.40 trade 73 untold
+40s   expect   row DOGEUSDT long 40000
       history  ok
within 60s  expect  closed DOGEUSDT at 0.39 pnl 400 priced
