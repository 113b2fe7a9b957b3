story  after the end, and after a restart, the stream repeats old fills: no position and no row comes of it
rows   B-18 E1 E2 S-125

# nautilus_trader#5041: a replayed fill reopened a position.
policy autonomy auto grace 1s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 order 555
       fill     DOGEUSDT buy 40000 @ 0.38 ago 1h order 555 trade 70
       start
10.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
within 2s  expect  closed DOGEUSDT at 0.39 pnl 400
+5s    stream   says fill DOGEUSDT buy 40000 @ 0.38 trade 70 order 555 ago 1h
       stream   says fill DOGEUSDT sell 40000 @ 0.39 trade 71 ago 5s
+5s    restart
+5s    stream   says fill DOGEUSDT buy 40000 @ 0.38 trade 70 order 555 ago 1h
       stream   says fill DOGEUSDT sell 40000 @ 0.39 trade 71 ago 10s
+70s   expect   rows open 0 closed 1
       expect   no findings
       expect   gone DOGEUSDT
       expect   counters ledger 0 venue 0
