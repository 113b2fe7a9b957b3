story  closed and opened again in the same size: the stream told both, so the row does not live on by mistake
rows   S-125 E2

policy grace 60s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+300ms trade    DOGEUSDT buy 40000 @ 0.40 trade 72
within 2s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by stream priced
       expect   counters ledger 1
+40s   expect   counters ledger 0 venue 1 orphans 1
       expect   no finding resurrected
+30s   expect   finding orphan DOGEUSDT
