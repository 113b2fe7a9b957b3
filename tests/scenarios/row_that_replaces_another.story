story  a row goes and another one is written for the same position before the ledger is read: the new one is told
rows   S-125

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  ledger   deletes BTCUSDT
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 1s signal s7
within 40s  expect  event POSITION_OPENED BTCUSDT x1 saying "registered"
       expect   covered BTCUSDT at 58800
