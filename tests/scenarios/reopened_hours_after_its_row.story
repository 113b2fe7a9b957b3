story  closed and opened again while nobody watched, hours after the row was written: the fills tell it all the same
rows   B-12 E1 E2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800 opened 30h
       start    deaf
20.0s  kill
+10s   trade    BTCUSDT sell 0.5 @ 61000 trade 71
+10s   trade    BTCUSDT buy 0.5 @ 60500 trade 72
+2m    start    deaf
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced
       expect   holds BTCUSDT long 0.5
