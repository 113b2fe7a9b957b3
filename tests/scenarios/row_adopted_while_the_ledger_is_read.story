story  the ledger is read before an adoption is written and heard of after it: the row that it lacks is not called closed
rows   S-071 A19.7

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       venue    ETHUSDT long 10 @ 3000
       mark     ETHUSDT 3010
       start
 1.8s  ledger   behind 900ms
       ledger   sets BTCUSDT stop 58700
+210ms ledger   behind 0ms
within 10s  expect  row ETHUSDT long 10
+5s    expect   row ETHUSDT long 10
       expect   no event POSITION_CLOSED
