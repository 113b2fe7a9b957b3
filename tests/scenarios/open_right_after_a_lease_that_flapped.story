story  a lease goes and comes: the prices that were told are known still, and an open waits for none
rows   E16 S-152

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
+1s    lease    lost
       lease    held
+2s    ask      open BTCUSDT long 0.5 stop 58800
+10ms  expect   sent entry BTCUSDT x1
