story  absent, seen, absent again: misses that do not follow each other prove nothing
rows   B-7 C-3 HOLE-2 S-098

policy sync 10s confirm 2s
 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       both     BTCUSDT long 0.5 @ 60000
       fill     DOGEUSDT sell 40000 @ 0.39 ago 10m
       start    deaf
12.0s  looks    empty 1
+12s   looks    empty 1
+12s   looks    empty 1
+12s   looks    empty 1
+60s   expect   rows open 2 closed 0
       expect   no findings
