story  the entry never reached the venue: its denial is believed after five seconds, and nothing was sent twice
rows   S-153 S-159 E6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-lost
       ask      open BTCUSDT long 0.5 stop 58800
+4s    expect   answer accepted
       expect   work BTCUSDT VERIFYING
within 3s  expect  answer failed never reached the venue
       expect   sent entry BTCUSDT x1
       expect   no event ROLLBACK_STARTED
40.0s  expect   sent entry BTCUSDT x1
       expect   rows open 0 closed 0
       expect   intents settled
       expect   gone BTCUSDT
