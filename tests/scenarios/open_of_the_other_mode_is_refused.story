story  a row stands on a leg that the position mode does not have: nothing is opened beside it
rows   E11 S-158

 0.0s  mode     main hedge
       ledger   BTCUSDT long 1 @ 60000
       mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused the position mode is another
40.0s  expect   sent no entry
