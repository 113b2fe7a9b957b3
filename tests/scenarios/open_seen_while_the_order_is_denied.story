story  the venue denies an entry for seconds and shows its position: five seconds later the position is believed
rows   S-151 S-152

 0.0s  mark     BTCUSDT 60000 unfollowed
       instrument BTCUSDT tick 0.1 step 0.001 min 0.001 max 10
       start    deaf
 4.0s  mark     BTCUSDT 60000 unfollowed
 5.0s  next     entry unsure-done
       finds    deny 99
       looks    take 1s
       history  fails 99
       ask      open BTCUSDT long 0.5 stop 58800
+4s    expect   answer accepted
       expect   work BTCUSDT VERIFYING
within 9s  expect  answer done "stop at 58800 is live"
       expect   sent entry x1
