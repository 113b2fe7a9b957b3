story  two positions ended unseen: the older bot wrote zero and the last unrealised profit, here the fills say it
rows   A19.6 S-078 S-123

 0.0s  ledger   AAAUSDT long 100 @ 10 order 9
       fill     AAAUSDT buy 100 @ 10 ago 1h order 9 fee 1
       fill     AAAUSDT sell 100 @ 12 ago 10m fee 1
       both     BBBUSDT short 100 @ 10
       mark     BBBUSDT 9
       start    deaf
20.0s  mark     BBBUSDT 9
       trade    BBBUSDT buy 100 @ 10.5 fee 1
1m     expect   closed AAAUSDT at 12 pnl 198 by startup priced
       expect   closed BBBUSDT at 10.5 pnl -51 by sync priced
