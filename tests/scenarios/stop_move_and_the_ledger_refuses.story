story  a bot changes the row in the same moment as a person: nothing is moved, and the person is told
rows   C-1 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ledger   conflicts
       ask      stop BTCUSDT at 59500
within 1s  expect  answer failed "nothing was changed"
+2s    expect   row BTCUSDT stop 58800
       expect   sent no stop
       ask      stop BTCUSDT at 59500
       ask      stop BTCUSDT at 59600
       expect   answer refused
