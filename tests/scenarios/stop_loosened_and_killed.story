story  killed while a stop is being loosened: the restart leaves one, the better one where both are there
rows   C-4 A7 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT at 58500
+17ms  kill
       expect   rests BTCUSDT 2 only binance
+1s    start
within 8s  expect  covered BTCUSDT
+8s    expect   rests BTCUSDT 1 at 59500 only binance
       expect   rests BTCUSDT 1 at 58500 only bybit
       expect   intents settled
       expect   no event POSITION_NAKED
