story  a look without a date says what the stream has just said: it settles the leg
rows   C-2 B-12

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 undated
       stop     c22 DOGEUSDT 0.371
       start
20.0s  stream   says DOGEUSDT long 40000 @ 0.38
       venue    DOGEUSDT long 40000 @ 0.38 undated
       ask      resync
+1s    expect   counters ledger 1 venue 1 verified 1 unknown 0
