story  a person loosens a stop and the ledger does not take it: nothing looser was sent meanwhile
rows   E4 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500
       stop     s1 BTCUSDT 59500
       mark     BTCUSDT 60100
       start
 5.0s  ledger   behind 500ms
       ledger   conflicts 1
       ask      stop BTCUSDT at 58500
+100ms mark     BTCUSDT 60110
within 2s  expect  answer failed "nothing was changed"
+10s   expect   sent no stop
       expect   rests BTCUSDT 1 at 59500
       expect   row BTCUSDT stop 59500
