story  an entry is refused and no look tells what is open: after the time for verifying it is over, and that is said
rows   S-152 HOLE-6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry refused -2019
       looks    fail
       ask      open BTCUSDT long 0.5 stop 58800
+9s    expect   answer accepted
within 2s  expect  answer failed "no look could show yet that nothing is open"
       expect   sent entry BTCUSDT x1
