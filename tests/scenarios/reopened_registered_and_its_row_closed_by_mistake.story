story  closed and opened again, and registered anew; then that row is closed while the position stays: closed in the ledger, and a person's
rows   S-197 S-207 S-125

policy grace 20s autonomy auto
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
+20ms  trade    DOGEUSDT buy 40000 @ 0.40 trade 72
within 2s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by stream priced
+2s    ledger   DOGEUSDT long 40000 @ 0.40 opened 2s stop 0.39
+60s   expect   no findings
       ledger   closes DOGEUSDT
within 40s  expect  finding resurrected DOGEUSDT waits
+60s   expect   no event POSITION_ADOPTED
       expect   event ORPHANED_POSITION_DETECTED DOGEUSDT x1 saying "closed in the ledger"
