story  closed and opened again by hand while nobody ran: the old row is booked, the new position is shown
rows   E1 S-125 A19.17

# hummingbot#4778: a position opened by hand was not shown after a restart.
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start    deaf
10.0s  kill
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+5m    trade    DOGEUSDT buy 25000 @ 0.41 trade 72
+5m    start    deaf
within 60s  expect  closed DOGEUSDT at 0.39 pnl 400 evidence 71
+31s   expect   finding orphan DOGEUSDT
       expect   holds DOGEUSDT long 25000
