story  an entry is refused while somebody else buys: a look from after the refusal has to show that it is not ours
rows   S-152 E16

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry refused -2019
       acts     take 300ms
       looks    take 800ms
       ask      open BTCUSDT long 0.5 stop 58800
+5ms   trade    BTCUSDT buy 0.2 @ 60000 client web_1
+450ms expect   answer accepted
within 4s  expect  answer failed "what is open there is not ours"
       expect   sent entry BTCUSDT x1
