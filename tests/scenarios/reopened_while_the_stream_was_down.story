story  closed and opened again between two looks: the fills cross zero, so the row ends and does not follow
rows   S-125 S-126 E2

policy grace 60s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start    deaf
10.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
15.0s  trade    DOGEUSDT buy 10000 @ 0.40 trade 72
within 20s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by sync priced evidence 71
+31s   expect   counters ledger 0 venue 1 orphans 1
