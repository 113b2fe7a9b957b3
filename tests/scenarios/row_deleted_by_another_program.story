story  a row that another program deletes: the position becomes an orphan, its stop stays
rows   S-190 S-197

policy grace 3s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  ledger   deletes BTCUSDT
within 5s  expect  finding orphan BTCUSDT
5m     expect   sent no cancel
       expect   covered BTCUSDT
       expect   event POSITION_CLOSED BTCUSDT x1 saying "another program"
