story  the venue says that the id of an entry is taken: that is no refusal, it is asked for, and denied for long enough it never arrived
rows   S-152 S-154

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry refused -4116
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+3s    expect   answer accepted
       expect   work BTCUSDT VERIFYING
within 10s  expect  answer failed "never reached the venue"
       expect   sent entry BTCUSDT x1
