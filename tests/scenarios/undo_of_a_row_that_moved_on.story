story  a repair whose row changed since cannot be undone, and says so
rows   S-087 S-204 HOLE-10

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
10.0s  trade    DOGEUSDT sell 10000 @ 0.39
within 5s  expect  row DOGEUSDT long 30000
+1s    ledger   sets DOGEUSDT stop 0.372
+1s    ask      undo last
within 1s  expect  answer failed "moved on"
       expect   row DOGEUSDT long 30000 stop 0.372
       expect   no event REPAIR_UNDONE
