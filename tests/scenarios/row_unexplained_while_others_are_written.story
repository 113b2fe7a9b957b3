story  a bot goes on writing about other positions: a row that no fill explains is closed in its own time all the same
rows   S-071 C-6

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  venue    flat DOGEUSDT
       ask      resync
+3s    ledger   sets BTCUSDT stop 58801
+3s    ledger   sets BTCUSDT stop 58802
+3s    ledger   sets BTCUSDT stop 58803
+3s    ledger   sets BTCUSDT stop 58804
+3s    ledger   sets BTCUSDT stop 58805
+3s    ledger   sets BTCUSDT stop 58806
+3s    ledger   sets BTCUSDT stop 58807
+3s    ledger   sets BTCUSDT stop 58808
within 2s  expect  closed DOGEUSDT reason unexplained unpriced
       expect   row BTCUSDT long 0.5 stop 58808
