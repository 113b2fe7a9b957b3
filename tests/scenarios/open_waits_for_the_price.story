story  a symbol whose price nobody told yet: a look names it, and the open goes on once it is there
rows   S-158

 0.0s  mark     BTCUSDT 60000 unfollowed
       start
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
       expect   sent no entry
       expect   answer accepted waiting for the price of BTCUSDT
       expect   intents PENDING 0
within 1s  expect  answer done
       expect   sent entry BTCUSDT x1
       expect   covered BTCUSDT at 58800
       expect   event OPERATOR_COMMAND x1
40.0s  expect   row BTCUSDT long 0.5 stop 58800
       expect   sent no close
