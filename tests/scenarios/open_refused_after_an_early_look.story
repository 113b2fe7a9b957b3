story  a slow refusal of an entry: a look from before it proves nothing, one from after it does
rows   S-152

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     entry refused -2019
 5.0s  acts     take 2s
       ask      open BTCUSDT long 0.5 stop 58800
+1s    ask      resync
+900ms looks    take 800ms
+300ms expect   answer before accepted
within 2s  expect  answer before failed "nothing is open"
