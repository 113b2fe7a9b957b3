story  a stop that was not answered has been cancelled by somebody: the venue's word counts at once, another is placed
rows   S-113 B-7
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       next     stop unsure-done
       start    deaf
+200ms cancels  BTCUSDT untold
within 2s  expect  sent stop BTCUSDT x2
       expect   sent find-stop x1
within 1s  expect  covered BTCUSDT
