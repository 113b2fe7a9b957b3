story  a new stop is cancelled by somebody before its slow answer arrives: it does not count again, and the next goes at once
rows   S-113 S-117 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
 0.0s  acts     take 400ms
within 2s  expect  sent stop BTCUSDT x1
+250ms cancels  BTCUSDT
+250ms expect   sent stop BTCUSDT x2
+3s    expect   rests BTCUSDT 1 at 58800
       expect   covered BTCUSDT at 58800
       expect   event STOP_LOST BTCUSDT x1
       expect   orders BTCUSDT cancelled 1
