story  one trade crosses zero: the long is booked as closed, the short that is left is an orphan
rows   S-197 E2 B-21 A19.10

policy grace 5s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
within 4s  expect  closed DOGEUSDT at 0.39 pnl 396 reason external by stream priced
within 10s  expect  finding orphan DOGEUSDT
       expect   holds DOGEUSDT short 10000
       expect   sent no close
+31s   expect   counters ledger 0 venue 1 orphans 1
