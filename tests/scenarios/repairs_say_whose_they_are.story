story  what the engine repaired and what a person asked for stand apart in the journal; foreign orders stay foreign
rows   B-20 S-088 S-206

policy grace 1s
 0.0s  both     AAAUSDT long 100 @ 10
       both     BBBUSDT long 100 @ 10
       both     CCCUSDT long 100 @ 10
       venue    DDDUSDT long 100 @ 10 opened 1h
       stop     other CCCUSDT 9 foreign
       start
10.0s  trade    AAAUSDT sell 100 @ 11 untold
       ask      close BBBUSDT
       ask      adopt DDDUSDT
       trade    CCCUSDT sell 40 @ 11
+60s   expect   repair close_phantom AAAUSDT by engine
       expect   repair book_close BBBUSDT by operator
       expect   repair adopt DDDUSDT by operator
       expect   repair follow_quantity CCCUSDT by engine
       expect   sent no cancel other
