story  five starts over the same facts: each says the same, writes no row and sends nothing
rows   HOLE-8 E1 B-19 S-067 S-093

# nautilus_trader#3878: repeated runs differed; #3176: duplicates at every restart.
account second
policy autonomy auto grace 1s
 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       stop     a AAAUSDT 9.5
       both     second:AAAUSDT short 7 @ 10 stop 10.5
       stop     sa second:AAAUSDT 10.5
       ledger   BBBUSDT long 100 @ 10
       fill     BBBUSDT sell 100 @ 11 ago 10m
       venue    CCCUSDT short 5 @ 10 opened 2h
       start    deaf
30.0s  expect   rows open 3 closed 1
       expect   closed BBBUSDT at 11
       expect   row CCCUSDT short 5
       expect   covered CCCUSDT
       restart
+1m    expect   nothing
       expect   counters ledger 2 venue 2 verified 2
       expect   counters on second ledger 1 venue 1 verified 1
       restart
+1m    expect   nothing
       expect   counters ledger 2 venue 2 verified 2
       restart
+1m    expect   nothing
       expect   counters ledger 2 venue 2 verified 2
       restart
+1m    expect   nothing
       expect   rows open 3 closed 1
       expect   repair adopt CCCUSDT x1
       expect   repair close_phantom BBBUSDT x1
