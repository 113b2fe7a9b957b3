story  a person loosens a stop: the looser one is live before the tighter one goes, and the risk is named
rows   E4 C-6 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       mark     BTCUSDT 60100
       start
# A bot cannot.
 5.0s  ledger   sets BTCUSDT stop 59000
+5s    expect   covered BTCUSDT at 59500
       expect   sent no stop
       ask      stop BTCUSDT at 58500
       expect   answer accepted "500 more at risk"
within 1s  expect  answer done "stop at 58500"
       expect   rests BTCUSDT 1 at 58500
       expect   row BTCUSDT stop 58500
       expect   event STOP_AMENDED x1 saying "from 59500 to 58500"
       expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       restart
+5s    expect   covered BTCUSDT at 58500
       expect   sent stop BTCUSDT x1
