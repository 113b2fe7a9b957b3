story  without a price of now nothing is opened, however often and long after
rows   S-158

 0.0s  instrument BTCUSDT tick 0.1 step 0.001 min 0.001 max 10
       start
 2.0s  ask      open BTCUSDT long 0.5 stop 58800
+4s    expect   sent no entry
       expect   answer accepted waiting for the price of BTCUSDT
within 2s  expect  answer refused the price of BTCUSDT is not known yet; try again in a second
10.0s  mark     BTCUSDT 60000
+1s    expect   sent no entry
60.0s  ask      open BTCUSDT long 0.5 stop 58800     # a price of long ago is none
within 6s  expect  answer refused the price of BTCUSDT is not known yet
+1s    ask      open BTCUSDT long 0.5 stop 58800
+1s    ask      halt because "enough"
+1s    mark     BTCUSDT 60000
       expect   answer before refused halted
+1s    ask      resume
       ask      open ETHUSDT long 1 stop 2%
       expect   answer refused not listed
       instrument ETHUSDT tick 0.1 step 0.001 min 0.001 max 10
+1s    restart
+5s    ask      open ETHUSDT long 1 stop 2%
+1s    lease    lost
       expect   answer failed the lease of main was lost
+1s    lease    held
+5s    mark     ETHUSDT 3000
+30s   expect   sent no entry
       expect   intents settled
       expect   nothing
