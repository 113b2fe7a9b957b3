story  the stop of a new position fires before it is proven: the end is booked, nothing is sold
rows   E13 S-177

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     stop unsure-lost x9
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+500ms trade    BTCUSDT sell 0.5 @ 57000 origin liquidation
within 6s  expect  answer failed closed again
       expect   closed BTCUSDT at 57000 reason liquidation priced
40.0s  expect   sent no close BTCUSDT
       expect   rows open 0 closed 1
       expect   intents settled
