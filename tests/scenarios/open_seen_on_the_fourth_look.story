story  the order cannot be asked for and three looks show nothing: the fourth does, and it is verified
rows   S-149 S-154 S-156 S-161 S-164 S-177

# The older bot slept three seconds, looked once and gave up.
 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-done
       finds    fail 4
       looks    hide BTCUSDT
       ask      open BTCUSDT long 0.5 stop 58800
+1s    expect   work BTCUSDT VERIFYING
+4s    looks    show BTCUSDT
within 2s  expect  answer done stop at 58800 is live
       expect   sent entry BTCUSDT x1
       expect   event OPEN_VERIFIED BTCUSDT x1
       expect   no event ROLLBACK_STARTED
40.0s  expect   rests BTCUSDT 1 at 58800
       expect   intents settled
       expect   no findings
