story  the ledger is read before a stop is loosened and heard of after it: the older row is not believed, the stop stays loosened
rows   E16 C-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 59500
       stop     s2 ETHUSDT 2940
       mark     BTCUSDT 60100
       mark     ETHUSDT 3010
       start
 5.0s  ledger   behind 900ms
       ledger   sets ETHUSDT stop 2950
+210ms ledger   behind 0ms
       ask      stop BTCUSDT at 58500
within 500ms  expect  rests BTCUSDT 1 at 58500
+3s    expect   row BTCUSDT stop 58500
       expect   covered BTCUSDT at 58500
       expect   sent stop BTCUSDT x1
