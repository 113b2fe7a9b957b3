story  one trade crosses zero while the history fails: what the stream told leads to what is there, and is enough
rows   S-197 E2 B-21

policy grace 5s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  history  fails
       trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
within 4s  expect  closed DOGEUSDT at 0.39 pnl 396 reason external by stream priced
