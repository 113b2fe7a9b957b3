story  the lease is lost between a better stop and the cancel of the older one: the next holder finishes it
rows   E16 A10
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60500
       start
10.0s  ledger   sets BTCUSDT stop 59200
+113ms expect   sent stop BTCUSDT x1
       lease    lost
+10s   expect   sent no cancel
       expect   rests BTCUSDT 2
       lease    held
within 10s  expect  rests BTCUSDT 1 at 59200
       expect   sent stop BTCUSDT x1
within 10s  expect  intents settled
