story  where adopting is not for the engine, the end is booked and what is left is an orphan at once
rows   E2 B-21

policy grace 90s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
within 4s  expect  closed DOGEUSDT at 0.39 pnl 396 reason external priced
within 1s  expect  finding orphan DOGEUSDT waits
       expect   event ORPHANED_POSITION_DETECTED x1
