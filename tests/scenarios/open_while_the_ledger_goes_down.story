story  the ledger is lost after the entry left: the stop is placed all the same, the row follows
rows   C-5 E14

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+5ms   ledger   down
+1s    expect   covered BTCUSDT at 58800
       expect   no row BTCUSDT
+20s   expect   answer accepted
       expect   no event ROLLBACK_STARTED
       ledger   up
within 4s  expect  answer done stop at 58800 is live
       expect   row BTCUSDT long 0.5 @ 60000 stop 58800
       expect   sent entry BTCUSDT x1
+30s   expect   no findings
       expect   intents settled
