story  the entry is filled in part and ends: what was filled is booked and covered, and that is said
rows   S-152 S-154 E12

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       entry    fills 0.3
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
within 900ms  expect  answer done only 0.3 of 0.5 was filled
       expect   row BTCUSDT long 0.3 @ 60000 stop 58800
       expect   event OPEN_VERIFIED BTCUSDT severity WARNING
40.0s  expect   covered BTCUSDT at 58800
       expect   holds BTCUSDT long 0.3
       expect   sent entry BTCUSDT x1
       expect   no findings
       expect   intents settled
