story  the closing fills are known, the entry's is not, and the history fails: nothing is proposed before ten seconds
rows   C-3 B-16

policy close_phantom propose
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 order 555
       start
 5.0s  history  fails
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71 fee 2
13.0s  expect   finding phantom DOGEUSDT next "asks for fills again"
within 9s  expect  finding phantom DOGEUSDT waits next "proposes: close the row at 0.39, pnl 398, external"
       expect   row DOGEUSDT long 40000
