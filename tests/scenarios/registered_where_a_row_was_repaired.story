story  a bot registers a position on a leg whose last row was closed as a repair: it is no stranger
rows   E16 S-188

policy grace 10s
 0.0s  both     ADAUSDT long 100 @ 0.9 stop 0.85
       stop     b0 ADAUSDT 0.85 foreign
       start    deaf
 5.0s  trade    ADAUSDT sell 100 @ 0.95 client botty-1
       cancels  b0
within 90s  expect  closed ADAUSDT at 0.95
       stream   up
+5s    trade    ADAUSDT buy 50 @ 0.9 client other-1
+2s    ledger   ADAUSDT long 50 @ 0.9 opened 2s
       stop     b1 ADAUSDT 0.8 foreign
+60s   expect   repair close_phantom ADAUSDT x1
       expect   no event FOREIGN_ORDER saying "other"
