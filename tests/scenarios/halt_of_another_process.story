story  a halt and its end that another program writes into the ledger are learnt
rows   E7 E16

policy autonomy auto grace 2s
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       instrument BTCUSDT max 100
       start
20.0s  ledger   halts main
within 1s  expect  halted main
       venue    BTCUSDT long 1 @ 60000
+50s   expect   no row BTCUSDT
       ledger   resumes main
within 1s  expect  no halted main
within 40s  expect  row BTCUSDT long 1
