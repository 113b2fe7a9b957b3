story  half of the rows vanished, a person closed one of them, and new rows come: fewer than half are missing then, and nothing is held back
rows   S-022 S-072

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       both     BTCUSDT long 0.5 @ 60000
       both     ETHUSDT long 10 @ 3000
       both     SOLUSDT short 50 @ 150
       both     AVLUSDT long 86 @ 0.2
       both     BNBUSDT long 2 @ 600
       start
20.0s  venue    flat DOGEUSDT
       venue    flat BTCUSDT
       venue    flat ETHUSDT
within 60s  expect  finding phantom BTCUSDT waits next "held back"
+15s   ask      resolve BTCUSDT because "liquidated, the venue wrote a mail"
within 1s  expect  closed BTCUSDT unpriced
+40s   expect   hold
       both     XRPUSDT long 100 @ 2
+40s   expect   no hold
within 40s  expect  closed ETHUSDT unpriced
