story  an overloaded venue refuses a close for certain, again and again: it goes again until it is taken
rows   E6 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close refused -1008 x6
       ask      close ETHUSDT
+2s    expect   work ETHUSDT CLOSING "busy"
within 10s  expect  answer done
       expect   sent close ETHUSDT x7
       expect   closed ETHUSDT
