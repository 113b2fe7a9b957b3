story  a lagging look without a date does not bring back what the stream ended
rows   S-128 A19.5

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 undated
       stop     c22 DOGEUSDT 0.37100
       start
20.0s  looks    old 4
       trade    DOGEUSDT sell 40000 @ 0.38004
within 5s  expect  closed DOGEUSDT at 0.38004 by stream priced
+60s   expect   no findings
       expect   no event ORPHANED_POSITION_DETECTED
