story  an order of somebody else is counted once, however often it is listed
rows   E16 S-182 S-188

policy grace 10s
 0.0s  both     ADAUSDT long 100 @ 0.9 stop 0.85
       stop     b1 ADAUSDT 0.85 foreign
       start
 5.0s  places   ADAUSDT buy 10 @ 0.8 client botty-1
+2m    expect   account-finding foreign-writer saying "botty trades this account too: 1 order or fill"
       places   ADAUSDT buy 10 @ 0.7 client botty-2 untold
+2m    expect   account-finding foreign-writer saying "botty trades this account too: 2 orders and fills"
       expect   finding foreign-order ADAUSDT next "2 orders of others rest here"
