story  a looser stop is refused for the moment: that the tighter one covers the leg is not what was asked for
rows   E4 C-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       mark     BTCUSDT 60100
       start
 5.0s  next     stop refused -1008
       ask      stop BTCUSDT at 58500
+900ms expect   answer accepted
within 5s  expect  answer done "stop at 58500"
