story  others write the row while it is to follow the venue: it is tried again once a second until it stands
rows   S-126 S-144 E9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  ledger   conflicts 5
       trade    DOGEUSDT sell 15000 @ 0.39 trade 71
+3500ms expect  row DOGEUSDT long 40000
within 6s  expect  row DOGEUSDT long 25000
