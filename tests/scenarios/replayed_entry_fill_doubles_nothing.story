story  the entry's own fill is told after the position was taken from a look: the row is not made bigger by it
rows   B-18 E2 S-125

policy autonomy auto grace 1s
 0.0s  venue    DOGEUSDT long 40000 @ 0.38 opened 1m
       start
within 10s  expect  row DOGEUSDT long 40000
+2s    stream   says fill DOGEUSDT buy 40000 @ 0.38 trade 70 order 555 ago 1m
+70s   expect   row DOGEUSDT long 40000 @ 0.38
       expect   no findings
       expect   counters ledger 1 venue 1 verified 1
       expect   rests DOGEUSDT 1 of 40000
