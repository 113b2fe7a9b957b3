story  a stop is denied fifty minutes after another was: that one does not come back any more, and a new one is placed
rows   E4 B-6 B-7
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  orders   forget s1
within 50s  expect  event STOP_LOST BTCUSDT x1
within 2s  expect  covered BTCUSDT at 58800
+50m   orders   forget newest BTCUSDT
within 1m  expect  event STOP_LOST BTCUSDT x2
within 2s  expect  covered BTCUSDT at 58800
       expect   no event SYNC_FAILED
