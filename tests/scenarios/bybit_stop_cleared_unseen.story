story  a stop on the position is taken away and no stream says so: it is back after the look that misses it and one more
rows   C-5 C-6 E4
only   bybit

       policy sync 5s confirm 1s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start
within 1s  expect  covered BTCUSDT at 58800
+1s    stream   silent
       cancels  BTCUSDT untold
within 9s  expect  sent stop BTCUSDT x2
within 1s  expect  covered BTCUSDT at 58800
       expect   event STOP_LOST BTCUSDT x1
+20s   expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1 at 58800
