story  the venue says that a position was opened a second after its row was written: that is a clock, and no reopening
rows   B-12 S-183
only bybit

 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 3600s
       venue    BTCUSDT long 0.5 @ 60000 opened 3599s
       stop     s1 BTCUSDT 58800
       start
40.0s  expect   sent no history
       expect   no findings
