story  a mismatch that nothing explains is told once, stays visible all the while, and ends when it is explained
rows   HOLE-3 C-7 S-199 S-206

 0.0s  both     DOGEUSDT long 150 @ 2 stop 1.9
       stop     s1 DOGEUSDT 1.9
       start    deaf
10.0s  venue    DOGEUSDT long 135 @ 2
20m    expect   finding quantity DOGEUSDT waits
       expect   event QUANTITY_MISMATCH DOGEUSDT x1
       expect   row DOGEUSDT long 150
       expect   counters mismatched 1 verified 0
       expect   covered DOGEUSDT
       fill     DOGEUSDT sell 15 @ 3 ago 19m
within 1m  expect  row DOGEUSDT long 135 pnl 15
+40s   expect   no findings
