story  the ledger is lost after an entry left and the venue refuses its stop: what is not covered is taken back all the same
rows   C-5 E14 S-170
only   binance

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     stop refused -1111 x99
       ask      open BTCUSDT long 0.5 stop 58800
+5ms   ledger   down
+30ms  expect   holds BTCUSDT long 0.5
within 12s  expect  holds BTCUSDT nothing
       expect   sent close BTCUSDT sell 0.5 x1
       ledger   up
within 30s  expect  event ROLLBACK_STARTED BTCUSDT x1
       expect   event ROLLBACK_VERIFIED BTCUSDT x1
