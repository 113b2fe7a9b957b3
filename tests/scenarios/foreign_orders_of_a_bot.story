story  hundreds of plain orders of somebody else are one finding a leg, told once, never touched
rows   E16 S-182 S-183

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
 5.0s  places   DOGEUSDT buy 100 @ 0.37 client grid-7 x200
       places   ADAUSDT sell 5 @ 0.9 client web_abc
 6.5s  expect   finding foreign-order DOGEUSDT next "200 orders of others rest here"
       expect   shown DOGEUSDT "buy 100 @ 0.37 (grid-7)" "and 195 more"
       expect   finding foreign-order ADAUSDT
       expect   event FOREIGN_ORDER DOGEUSDT x1 severity WARNING
+90s   expect   event FOREIGN_ORDER DOGEUSDT x1
       expect   known
       expect   nothing
       withdraws DOGEUSDT
       withdraws ADAUSDT
+40s   expect   no finding foreign-order
       expect   event FOREIGN_ORDER DOGEUSDT x2
       expect   gone ADAUSDT
       expect   event FOREIGN_ORDER DOGEUSDT x1 severity INFO
