story  an engine that only looks moves a stop all the same on a person's word, and no other
rows   E4 C-2 C-3

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ADAUSDT long 100 @ 0.4 stop 0.39
       mark     BTCUSDT 61000
       start
 5.0s  ask      stop BTCUSDT at 59500
within 1s  expect  answer done "stop at 59500"
       expect   rests BTCUSDT 1 at 59500
+20s   expect   sent stop x1
       expect   naked ADAUSDT
