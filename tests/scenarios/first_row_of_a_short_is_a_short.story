story  a one-way short is a position: adopted as a short, protected above, and never taken for a close
rows   E3 S-071

# nofx#1371: a one-way short was taken for a close and never stored.
policy autonomy auto grace 5s
 0.0s  venue    ETHUSDT short 4 @ 3000 opened 1h
       mark     ETHUSDT 3000
       start
within 10s  expect  row ETHUSDT short 4
within 2s  expect  rests ETHUSDT 1 at 3060
       expect   sent stop ETHUSDT buy 4 @ 3060
+31s   expect   counters ledger 1 venue 1 verified 1
