story  an order of somebody else that is filled as it arrives rests nowhere and is no finding
rows   E16

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
 5.0s  places   DOGEUSDT sell 10000 @ 0.39 client grid-1 gone
       places   DOGEUSDT sell 500 client grid-2
+30s   expect   no event FOREIGN_ORDER DOGEUSDT
       expect   no finding foreign-order
