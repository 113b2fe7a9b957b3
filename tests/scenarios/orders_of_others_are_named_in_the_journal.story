story  an order of somebody else rests on a leg of ours: the journal says which
rows   S-008 S-010

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
 5.0s  places   DOGEUSDT buy 100 @ 0.37 client grid-7
+5s    expect   event FOREIGN_ORDER DOGEUSDT x1 saying orders
