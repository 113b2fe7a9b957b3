story  a position closes while a look is out: the answer is old and is asked again
rows   B-12 C-2 S-095

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       both     BTCUSDT long 0.5 @ 60000
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       start
10.0s  looks    take 800ms
       ask      resync
+100ms trade    DOGEUSDT sell 40000 @ 0.38004
+800ms expect   row DOGEUSDT long 40000
within 3s  expect  closed DOGEUSDT at 0.38004 by stream priced
+40s   expect   counters ledger 1 venue 1 verified 1
       expect   row BTCUSDT long 0.5
