story  the venue refuses the entry: nothing is taken back, and a look proves that nothing is open
rows   S-153 S-162

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry refused -1111
       ask      open BTCUSDT long 0.5 stop 58800
within 1s  expect  answer failed nothing is open
       expect   event OPEN_FAILED BTCUSDT x1
40.0s  expect   sent entry BTCUSDT x1
       expect   sent no close BTCUSDT
       expect   no event ROLLBACK_STARTED
       expect   intents settled
       expect   gone BTCUSDT
