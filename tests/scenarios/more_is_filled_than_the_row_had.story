story  more is sold than the row had: the row ends for its own size, the excess is seen where it is
rows   B-16 B-21 E2

policy grace 5s
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start    deaf
10.0s  trade    DOGEUSDT sell 55000 @ 0.39 trade 71 fee 11
within 35s  expect  closed DOGEUSDT at 0.39 pnl 392 evidence 71
within 40s  expect  finding orphan DOGEUSDT
       expect   holds DOGEUSDT short 15000
+31s   expect   counters ledger 0 venue 1 orphans 1
