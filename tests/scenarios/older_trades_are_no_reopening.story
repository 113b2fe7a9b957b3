story  trades around the entry that go through zero are older than what was seen: a moved stamp closes nothing
rows   B-12 E2 C-1

 0.0s  fill     BTCUSDT sell 0.5 @ 59500 ago 3680s
       fill     BTCUSDT buy 0.5 @ 60000 ago 3660s
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 3690s
       venue    BTCUSDT long 0.5 @ 60000 opened 3660s
       start    deaf
20.0s  venue    BTCUSDT long 0.5 @ 60000 opened 0s
10m    expect   row BTCUSDT long 0.5 @ 60000
       expect   rows open 1 closed 0
