story  a position changed after its row was written and no fill tells of a reopening: three answers settle it
rows   B-12 S-183
only binance

 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 1h
       venue    BTCUSDT long 0.5 @ 60000 opened 30m
       stop     s1 BTCUSDT 58800
       start
5m     expect   sent history BTCUSDT x3
       expect   no findings
