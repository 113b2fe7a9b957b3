story  REST still shows the position after the stream said zero: nothing is concluded until it settles
rows   S-123 S-128 A19.5 C-2

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     c22 DOGEUSDT 0.37100
       start
20.0s  looks    old 3
       trade    DOGEUSDT sell 40000 @ 0.38004
21.0s  expect   row DOGEUSDT long 40000
       expect   counters ledger 1 unknown 1 verified 0
within 3s  expect  closed DOGEUSDT at 0.38004 by stream priced
within 1s  expect  event POSITION_CLOSED DOGEUSDT x1 saying "long 40000 closed at 0.38004, pnl -46.4: "
+60s   expect   sent no stop
       expect   no event ORPHANED_POSITION_DETECTED
       expect   no event STOP_LOST
