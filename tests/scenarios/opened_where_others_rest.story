story  only orders and stops of others are on a leg of which nothing else was ever told: it may be opened
rows   S-152

 0.0s  mark     BTCUSDT 60000
       stop     f1 BTCUSDT sell 50000 0.1 foreign
       start
 9.0s  mark     BTCUSDT 60000
10.0s  ask      open BTCUSDT long 0.5 stop 58000
       expect   answer accepted
within 5s  expect  answer done
       expect   rests BTCUSDT 1 at 58000
       expect   sent entry x1
       expect   event OPERATOR_COMMAND BTCUSDT x1 saying "open by"
