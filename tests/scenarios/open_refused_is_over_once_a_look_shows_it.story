story  the venue refuses an entry: it is over once a look has shown that nothing is open, not before
rows   S-152

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry refused -2019
       looks    take 800ms
       ask      open BTCUSDT long 0.5 stop 58800
+300ms expect   answer accepted
within 3s  expect  answer failed "nothing is open"
       expect   sent entry BTCUSDT x1
