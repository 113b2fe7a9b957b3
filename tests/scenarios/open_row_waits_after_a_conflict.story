story  the ledger refuses the row of what was opened: it is tried again once a second until it stands
rows   E9 C-5

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       ledger   conflicts 3
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+2900ms expect  no row BTCUSDT
       expect   covered BTCUSDT at 58800
within 1s  expect  row BTCUSDT long 0.5 @ 60000 stop 58800
within 1s  expect  answer done
