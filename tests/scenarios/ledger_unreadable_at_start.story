story  the ledger cannot be read at the start: nothing is done or said until it can
rows   S-093 E14

 0.0s  ledger   down
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       start
20.0s  expect   nothing
       expect   fault
       expect   sent no look
       ledger   up
within 3s  expect  rests BTCUSDT 1 at 58800 of 0.5
+2s    expect   no fault
       expect   counters ledger 1 venue 1 verified 1
       expect   no event ORPHANED_POSITION_DETECTED
