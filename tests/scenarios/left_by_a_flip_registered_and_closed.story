story  what a fill left over was registered; then that row is closed while the position stays: closed in the ledger, like any other
rows   E2 B-21 S-197

policy grace 30s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71
within 4s  expect  closed DOGEUSDT at 0.39
+1s    ledger   DOGEUSDT short 10000 @ 0.39 opened 3s stop 0.40
+60s   expect   no findings
       ledger   closes DOGEUSDT
within 5s  expect  finding resurrected DOGEUSDT waits
       expect   no finding orphan DOGEUSDT
