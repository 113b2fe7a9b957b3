story  an order of somebody else is told while a look is on its way: the older list does not take it away
rows   E16 S-182

 0.0s  both     ADAUSDT long 100 @ 0.9 stop 0.85
       stop     b1 ADAUSDT 0.85 foreign
       start
 5.0s  places   ADAUSDT buy 10 @ 0.8 client botty-1
10.0s  looks    take 3s
       ask      resync
+2s    places   ADAUSDT buy 10 @ 0.7 client botty-2
+1500ms expect  finding foreign-order ADAUSDT next "2 orders of others rest here"
