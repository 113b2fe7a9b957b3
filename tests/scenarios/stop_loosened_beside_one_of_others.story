story  a person loosens a stop to where one of somebody else rests: ours goes there, it is not left to the other
rows   E4 C-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       stop     f1 BTCUSDT 58500 foreign
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT at 58500
within 2s  expect  answer done "stop at 58500"
       expect   rests BTCUSDT 2 at 58500
       expect   sent stop BTCUSDT @ 58500 x1
       expect   sent no cancel f1
