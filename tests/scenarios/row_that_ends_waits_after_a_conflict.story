story  others write the row while it is to be closed: it is tried again once a second until it stands
rows   S-126 S-144 E9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start
20.0s  ledger   conflicts 3
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+1s    ask      resync
+300ms ask      resync
+300ms ask      resync
+300ms expect   row DOGEUSDT long 40000
within 6s  expect  closed DOGEUSDT at 0.39
