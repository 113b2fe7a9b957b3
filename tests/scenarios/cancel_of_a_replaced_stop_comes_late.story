story  a better stop replaces an older one, whose cancel is told again and late: the live one is not touched
rows   B-15 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
10.0s  ledger   sets BTCUSDT stop 59500
within 2s  expect  rests BTCUSDT 1 at 59500
+2s    stream   says stop s1 cancelled
+5s    stream   says stop s1 cancelled
+60s   expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       expect   covered BTCUSDT at 59500
       expect   sent stop BTCUSDT
