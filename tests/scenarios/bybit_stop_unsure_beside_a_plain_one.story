story  a stop on the position is unsure while a plain one of somebody rests: it is asked for where ours would be
rows   S-113 B-7
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     f1 BTCUSDT 58000 0.1 foreign
       mark     BTCUSDT 60000
       next     stop unsure-done
       start    deaf
within 3s  expect  covered BTCUSDT
       expect   intents settled
+10s   expect   sent stop BTCUSDT x1
