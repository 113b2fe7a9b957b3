story  closed and reopened at once, booked anew by its bot, then closed: each row has its own fills, after a restart too
rows   S-125 E2 B-16

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+10ms  trade    DOGEUSDT buy 10000 @ 0.391 trade 72
within 2s  expect  closed DOGEUSDT at 0.39 pnl 400
22.0s  ledger   DOGEUSDT long 10000 @ 0.391 opened 1990ms stop 0.38
30.0s  kill
       trade    DOGEUSDT sell 10000 @ 0.40 trade 73
40.0s  start
within 10s  expect  closed DOGEUSDT at 0.4 pnl 90 by startup evidence 73
