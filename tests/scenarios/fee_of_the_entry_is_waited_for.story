story  the closing fills are known, the entry's is not, and the history fails: the row is booked after ten seconds, not before
rows   B-16 S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 order 555
       start
 5.0s  history  fails
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71 fee 2
14.0s  expect   row DOGEUSDT long 40000
within 4s  expect  closed DOGEUSDT at 0.39 pnl 398 priced evidence 71
