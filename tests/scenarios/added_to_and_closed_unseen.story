story  added to and closed before the row followed: the added part is accounted for with its entry's
rows   B-16 E2 E12

policy grace 5s
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 stop 0.371 order e1 opened 20s
       fill     DOGEUSDT buy 40000 @ 0.38 trade 70 order e1 ago 20s
       venue    DOGEUSDT long 40000 @ 0.38 opened 20s
       start    deaf
10.0s  trade    DOGEUSDT buy 10000 @ 0.40 trade 71
       trade    DOGEUSDT sell 50000 @ 0.39 trade 72
within 45s  expect  closed DOGEUSDT at 0.39 pnl 300 reason external priced evidence "72"
+60s   expect   rows open 0 closed 1
