story  while one open is under way another one of the leg is refused, and so is closing or adopting it
rows   E6 S-158

 0.0s  mark     BTCUSDT 60000
       start    deaf
 1.0s  mark     BTCUSDT 60000
 5.0s  looks    hide BTCUSDT
       ask      open BTCUSDT long 0.5 stop 58800
+100ms ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused an open of main BTCUSDT is under way
+1s    looks    show BTCUSDT
within 4s  expect  covered BTCUSDT at 58800
+1s    ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused is open in the ledger
40.0s  expect   sent entry BTCUSDT x1
       expect   holds BTCUSDT long 0.5
