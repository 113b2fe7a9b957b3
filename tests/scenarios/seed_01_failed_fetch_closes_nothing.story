story  the venue fails for five minutes: the older bot read an empty list and closed every row, here none moves
rows   A19.1 S-021 S-022 S-084

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     SOLUSDT short 50 @ 150 stop 153
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       stop     c SOLUSDT 153
       start    deaf
20.0s  looks    fail
5m     expect   rows open 3 closed 0
       expect   unknown main
       expect   nothing
       expect   no event PHANTOM_POSITION_DETECTED
       looks    ok
+40s   expect   known main
       expect   counters ledger 3 venue 3 verified 3
