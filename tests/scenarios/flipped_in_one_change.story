story  a flip is a close and an open in one change of the ledger, the crossing fill's fee by share
rows   E2 B-21

policy autonomy auto
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71 order 900 fee 5
within 4s  expect  closed DOGEUSDT at 0.39 pnl 396 reason external priced then-reopened evidence crossing evidence 10000
       expect   row DOGEUSDT short 10000 @ 0.39
       expect   event POSITION_ADOPTED x1 saying flipped
       expect   rows open 1 closed 1
within 4s  expect  covered DOGEUSDT
+60s   expect   no event ORPHANED_POSITION_DETECTED
       expect   rests DOGEUSDT 1
       expect   no finding naked
       trade    DOGEUSDT buy 10000 @ 0.38 trade 72 fee 1
within 9s  expect  closed DOGEUSDT at 0.38 pnl 98 reason external
