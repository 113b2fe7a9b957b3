story  a row that is being opened is no phantom: its order may rest for hours, and fills may end it
rows   S-028 S-038 C-1

 0.0s  ledger   DOGEUSDT long 1000 @ 0.38 status opening opened 1m
       ledger   BTCUSDT long 0.5 @ 60000 status opening opened 1m
       start
1h     expect   nothing
       expect   counters ledger 2 venue 0 unknown 2 phantoms 0
       expect   no findings
       trade    DOGEUSDT buy 1000 @ 0.38
       ledger   sets DOGEUSDT status active
within 5s  expect  covered DOGEUSDT at 0.3724
       trade    BTCUSDT buy 0.5 @ 60000
+100ms trade    BTCUSDT sell 0.5 @ 60100
within 3s  expect  closed BTCUSDT at 60100 pnl 50 priced
