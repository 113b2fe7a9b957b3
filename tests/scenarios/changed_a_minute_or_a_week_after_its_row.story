story  a position that changed a minute after its row was written, or a week, is the row's: no fills are asked for
rows   B-12 S-183
only binance

 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 3600s
       venue    BTCUSDT long 0.5 @ 60000 opened 3540s
       ledger   ETHUSDT long 10 @ 3000 stop 2940 opened 192h
       venue    ETHUSDT long 10 @ 3000 opened 24h
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
40.0s  expect   sent no history
       expect   no findings
