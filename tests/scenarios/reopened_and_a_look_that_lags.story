story  closed and opened again in the same size, and the stream told both; a look that lags shows the old one once more: the row ends all the same
rows   S-125 E2 B-7

policy grace 60s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  looks    old 1
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+20ms  trade    DOGEUSDT buy 40000 @ 0.40 trade 72
within 10s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external priced
+60s   expect   finding orphan DOGEUSDT
