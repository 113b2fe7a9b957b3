story  a dated future and its perpetual share a base and nothing else
rows   S-001 S-002 S-003 A19.11

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       venue    BTCUSDT_270326 long 0.1 @ 61000
       ledger   1000SHIBUSDT long 1000 @ 0.01 stop 0.0098
       venue    1000SHIBUSDT long 1000 @ 0.01
       stop     s1 BTCUSDT 58800
       start
 6.0s  expect   finding orphan BTCUSDT_270326
       expect   naked BTCUSDT_270326
       expect   no finding BTCUSDT
       expect   covered 1000SHIBUSDT
