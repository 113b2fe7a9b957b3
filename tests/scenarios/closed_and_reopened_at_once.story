story  closed and opened again within a second: the old row is booked with its price, the new position is new
rows   S-125 E2 A19.17

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+10ms  trade    DOGEUSDT buy 10000 @ 0.391 trade 72
within 2s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by stream priced evidence 71
       expect   holds DOGEUSDT long 10000
25.0s  ledger   DOGEUSDT long 10000 @ 0.391 opened 5s stop 0.38
within 2s  expect  rests DOGEUSDT 1 at 0.38 of 10000
+60s   expect   no findings
       expect   row DOGEUSDT long 10000 @ 0.391
       expect   no event ORPHANED_POSITION_DETECTED
       expect   rows open 1 closed 1
