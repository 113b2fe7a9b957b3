story  the first price shows that the stop is on its wrong side: nothing is sent, nothing is paid
rows   S-158

 0.0s  instrument BTCUSDT tick 0.1 step 0.001 min 0.001 max 10
       start
 2.0s  ask      open BTCUSDT long 0.5 stop 61000
+800ms expect   sent no entry
       expect   answer accepted waiting for the price of BTCUSDT
       mark     BTCUSDT 60000
       expect   answer refused not on the losing side
       expect   nothing
40.0s  expect   sent no entry
       expect   intents settled
