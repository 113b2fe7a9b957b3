story  a stop is moved by a person, and moved again: the row is another each time, and no write is taken for somebody else's
rows   C-6 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT at 59400
within 2s  expect  answer done
       ask      stop BTCUSDT at 59500
within 2s  expect  answer done "stop at 59500"
       expect   row BTCUSDT stop 59500
       expect   rests BTCUSDT 1 at 59500
