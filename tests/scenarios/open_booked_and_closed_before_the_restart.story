story  killed before an open was proven, and closed by hand meanwhile: what was booked already is not booked again, what was not is, with its end
rows   S-167 E1 E6
only   binance

 0.0s  mark     BTCUSDT 60000
       mark     ETHUSDT 3000
       ledger   ETHUSDT long 2 @ 2900
       ledger   closes ETHUSDT
       start
 1.0s  mark     BTCUSDT 60000
       mark     ETHUSDT 3000
       next     stop unsure-lost x9
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+500ms expect   row BTCUSDT long 0.5
       ask      open ETHUSDT long 2 stop 2940
+15ms  kill
+5s    trade    BTCUSDT sell 0.5 @ 59900
       ledger   closes BTCUSDT
       trade    ETHUSDT sell 2 @ 3010
       expect   no row ETHUSDT
+20s   start
within 30s  expect  closed ETHUSDT at 3010 pnl 20
       expect   event OPEN_FAILED BTCUSDT x1 saying "it was opened and closed again before the restart"
+60s   expect   rows open 0 closed 3
       expect   sent entry x2
       expect   intents settled
