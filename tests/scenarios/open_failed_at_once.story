story  an order that ended with nothing filled is a failed open at once; one not seen yet is none
rows   S-153 S-159 S-162

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry resting
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+1s    expect   work BTCUSDT VERIFYING
       expect   answer accepted
+100ms dies     BTCUSDT
within 200ms  expect  answer failed expired with nothing filled
       expect   event OPEN_FAILED BTCUSDT x1
       expect   no event ROLLBACK_STARTED
40.0s  expect   sent entry BTCUSDT x1
       expect   sent no close BTCUSDT
       expect   rows open 0 closed 0
       expect   intents settled
       expect   gone BTCUSDT
