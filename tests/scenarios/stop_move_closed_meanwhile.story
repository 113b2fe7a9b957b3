story  the position closes while a person's move of its stop is on its way: the move failed, and nothing is left
rows   E6 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT at 59500
+5ms   trade    BTCUSDT sell 0.5 @ 60100
within 5s  expect  answer failed "closed before"
+15s   expect   rests BTCUSDT 0
       expect   gone BTCUSDT
