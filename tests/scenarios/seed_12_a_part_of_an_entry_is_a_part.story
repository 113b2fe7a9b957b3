story  an entry of 100 fills 40: the older bot called any fill verified and kept 100, here the difference is seen
rows   A19.12 E12

# Protection covers what is there; the row does not count as verified while it says more.
 0.0s  ledger   DOGEUSDT long 100 @ 0.38 order 555 opened 0s status opening stop 0.37
       start
 5.0s  trade    DOGEUSDT buy 40 @ 0.38 order 555 trade 71
within 2s  expect  covered DOGEUSDT
       expect   rests DOGEUSDT 1 of 40
within 10s  expect  finding quantity DOGEUSDT
+31s   expect   counters ledger 1 venue 1 verified 0 mismatched 1
       expect   event QUANTITY_MISMATCH DOGEUSDT x1
