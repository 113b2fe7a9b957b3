story  one empty answer closes nothing, though it looked complete
rows   S-077 S-098 A19.3 B-9 E3 HOLE-2

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       stop     c ETHUSDT 2940
       start
20.0s  expect   counters ledger 3 venue 3 verified 3
       looks    empty 1
31.0s  expect   counters ledger 3 venue 0 phantoms 3
       expect   no event PHANTOM_POSITION_DETECTED
40.0s  expect   counters ledger 3 venue 3 verified 3 phantoms 0
       expect   no findings
       expect   no hold
5m     expect   nothing
       expect   rows open 3 closed 0
       expect   rests BTCUSDT 1
