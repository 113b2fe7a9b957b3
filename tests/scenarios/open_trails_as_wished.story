story  an open that trails: its stop waits for the profit of the defaults, then follows the price
rows   S-150

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 2% trail 1%
within 1s  expect  answer done stop at 58800 is live
+1s    mark     BTCUSDT 61200
within 2s  expect  event TRAILING_STOP_ACTIVATED BTCUSDT x1
within 2s  expect  covered BTCUSDT at 60588
       expect   rests BTCUSDT 1 at 60588
