story  a looser stop that the venue refuses is sent again after a while only, and the tighter one stays
rows   E4 C-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       mark     BTCUSDT 60100
       start
 5.0s  next     stop refused -1008 x2
       ask      stop BTCUSDT at 58500
+500ms expect   answer accepted "more at risk"
       expect   sent stop BTCUSDT x1
       ask      resync
+100ms expect   sent stop BTCUSDT x1
       expect   covered BTCUSDT at 59500
+600ms expect   sent stop BTCUSDT x2
within 5s  expect  answer before done
       expect   rests BTCUSDT 1 at 58500
