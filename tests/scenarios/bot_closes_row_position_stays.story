story  a bot closes its row while the position is open: resurrected, at once and after a restart
rows   S-197 S-207 A19.10 S-029

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
10.0s  ledger   closes BTCUSDT
within 1s  expect  finding resurrected BTCUSDT waits
       expect   event ORPHANED_POSITION_DETECTED BTCUSDT x1 saying "closed in the ledger"
       expect   covered BTCUSDT
       expect   sent no cancel
60.0s  expect   nothing
       restart
within 1s  expect  finding resurrected BTCUSDT
       expect   counters ledger 1 venue 2 verified 1 orphans 1
       ask      adopt BTCUSDT
within 1s  expect  row BTCUSDT long 0.5 @ 60000
within 1s  expect  answer done
+60s   expect   no findings
       expect   rests BTCUSDT 1
