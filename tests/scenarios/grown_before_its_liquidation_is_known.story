story  a position grows whose wanted stop lies beyond liquidation: until a look says otherwise the known liquidation counts
rows   E4 C-8
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 liq 59400 stop 58800
       mark     BTCUSDT 60000
       start
within 2s  expect  covered BTCUSDT at 59460
10.0s  trade    BTCUSDT buy 0.3 @ 60000
within 1s  expect  sent stop BTCUSDT sell 0.8 @ 59460
+10s   expect   sent stop BTCUSDT x2
