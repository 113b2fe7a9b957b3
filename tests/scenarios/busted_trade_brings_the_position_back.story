story  the venue takes a closing trade back after its row was closed: the position is seen as resurrected, by a person
rows   B-17 A19.10 S-197

policy autonomy auto grace 5s
 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start    deaf
10.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
within 35s  expect  closed DOGEUSDT at 0.39
+20s   venue    DOGEUSDT long 40000 @ 0.38 opened 2h
within 50s  expect  finding resurrected DOGEUSDT waits
       expect   event ORPHANED_POSITION_DETECTED DOGEUSDT severity CRITICAL saying "closed in the ledger"
+60s   expect   no event POSITION_ADOPTED
       expect   rows open 0 closed 1
