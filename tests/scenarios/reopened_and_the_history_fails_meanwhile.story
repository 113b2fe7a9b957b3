story  closed and opened again while nobody ran, and the history is late and then fails: it is asked until it has told
rows   B-12 E1 E2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
20.0s  kill
+10s   trade    BTCUSDT sell 0.5 @ 61000 trade 71
+10s   trade    BTCUSDT buy 0.5 @ 60500 trade 72
+2m    history  empty 1
       start    deaf
+1s    history  fails
+15s   history  ok
within 40s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced
