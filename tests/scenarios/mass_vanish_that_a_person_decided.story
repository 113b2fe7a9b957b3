story  a person decided about every row of a mass vanishing: nothing is held back any more
rows   S-022 S-072

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       both     BTCUSDT long 0.5 @ 60000
       both     ETHUSDT long 10 @ 3000
       both     SOLUSDT short 50 @ 150
       start
20.0s  venue    flat DOGEUSDT
       venue    flat BTCUSDT
       venue    flat ETHUSDT
within 60s  expect  finding phantom BTCUSDT waits next "held back"
+15s   ask      resolve BTCUSDT because "liquidated, the venue wrote a mail"
       ask      resolve DOGEUSDT because "the same mail"
       ask      resolve ETHUSDT because "the same mail"
+1s    expect   rows open 1 closed 3
+40s   expect   no hold
