story  the position is dated four milliseconds after the fill that made it: nothing waits for ever
rows   E2 S-124

# passivbot#1323: a gate stayed shut for those four milliseconds.
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start
10.0s  stream   silent
       fill     DOGEUSDT sell 15000 @ 0.39 trade 71
       stream   says fill DOGEUSDT sell 15000 @ 0.39 trade 71
+4ms   venue    DOGEUSDT long 25000 @ 0.38 opened 0s
       stream   says DOGEUSDT long 25000 @ 0.38
within 5s  expect  row DOGEUSDT long 25000 pnl 150
within 1m  expect  counters ledger 1 venue 1 verified 1
