story  an order that can only reduce matters where the ledger tracks the leg, and nowhere else
rows   E16

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       places   DOGEUSDT sell 40000 @ 0.5 only untold
       places   ADAUSDT sell 5 @ 0.9 only untold
       start
 2.0s  expect   finding foreign-order DOGEUSDT
       expect   shown DOGEUSDT "reduce-only"
       expect   event FOREIGN_ORDER DOGEUSDT x1 severity INFO
       expect   gone ADAUSDT
