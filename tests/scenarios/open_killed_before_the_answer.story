story  killed after the entry left: the restart finds the intent, books what was filled and covers it
rows   S-167 E1 E6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+5ms   kill
+10s   expect   holds BTCUSDT long 0.5
       start
within 5s  expect  row BTCUSDT long 0.5 @ 60000 stop 58800
within 2s  expect  covered BTCUSDT at 58800
within 2s  expect  event OPEN_VERIFIED BTCUSDT x1
60.0s  expect   sent entry BTCUSDT x1
       expect   intents settled
       expect   no event ORPHAN_POSITION_DETECTED
       expect   no findings
