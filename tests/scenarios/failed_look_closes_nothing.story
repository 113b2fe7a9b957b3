story  failed looks close nothing, and say since when the account is unknown
rows   S-021 S-022 S-100 S-101 S-183 A19.1 A19.2 B-9

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     c22 DOGEUSDT 0.37100
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  expect   no findings
       looks    fail
31.0s  expect   unknown main since 30.1s
       expect   event SYNC_FAILED
       expect   row DOGEUSDT long 40000
       expect   no findings
300.0s expect   nothing
       expect   unknown main since 30.1s
       expect   no event PHANTOM_POSITION_DETECTED
       looks    ok
within 31s  expect  known
+1s    expect   no findings
       expect   counters ledger 2 venue 2 verified 2
