story  another program writes that it is closing a row: a stop that ends meanwhile is not put back
rows   S-056 E2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ledger   sets BTCUSDT status closing
+2s    cancels  s1
+10s   expect   sent no stop
       expect   row BTCUSDT status closing
       ledger   sets BTCUSDT status active
within 5s  expect  covered BTCUSDT at 58800
