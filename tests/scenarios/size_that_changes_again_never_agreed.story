story  a size that differs changes once more: nobody says in between that the sizes agree
rows   S-126

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38
       venue    DOGEUSDT long 30000 @ 0.38
       looks    take 1s
       start
 9.0s  expect   finding quantity DOGEUSDT
20.0s  trade    DOGEUSDT sell 5000 @ 0.39
+100ms expect   finding quantity DOGEUSDT
40.0s  expect   finding quantity DOGEUSDT
       expect   event QUANTITY_MISMATCH DOGEUSDT x1
