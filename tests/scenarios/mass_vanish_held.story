story  when most rows vanish at once and no fill explains it, nothing is repaired and one finding waits
rows   S-022 S-072 A19.1 E3

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       both     SOLUSDT short 50 @ 150 stop 153
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       stop     c ETHUSDT 2940
       stop     d SOLUSDT 153
       start
20.0s  looks    hide DOGEUSDT
       looks    hide BTCUSDT
       looks    hide ETHUSDT
40.0s  expect   hold
       expect   finding phantom BTCUSDT waits next "held back"
10m    expect   hold
       expect   rows open 4 closed 0
       expect   sent no cancel
       expect   event PHANTOM_POSITION_DETECTED x1 severity CRITICAL
       expect   event PHANTOM_POSITION_DETECTED x1
       looks    show DOGEUSDT
       looks    show BTCUSDT
       looks    show ETHUSDT
+40s   expect   no hold
       expect   no findings
       expect   counters ledger 4 venue 4 verified 4
       expect   rows open 4 closed 0
