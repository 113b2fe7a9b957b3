story  a stop is missing from the list and the venue does not know it: it is lost and comes back
rows   S-113 E4 B-7

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
10.0s  cancels  s1 untold
within 23s  expect  event STOP_LOST BTCUSDT x1  only binance
within 29s  expect  event STOP_LOST BTCUSDT x1  only bybit
within 2s  expect  covered BTCUSDT at 58800
       expect   sent stop BTCUSDT
       expect   sent find-stop BTCUSDT  only binance
