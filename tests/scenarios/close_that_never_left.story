story  a close cannot be written to the connection: nobody refused it, and it goes again every two seconds
rows   E6 E7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close refused 0 x2
       ask      close ETHUSDT
+1900ms expect  sent close ETHUSDT x1
       expect   answer accepted
within 4s  expect  closed ETHUSDT at 3050
       expect   sent close ETHUSDT x3
