story  a person closes one row of a mass vanishing: nothing is said of the others, they stay held back
rows   S-022 S-072 A19.1 E3 C-1

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       both     BTCUSDT long 0.5 @ 60000
       both     ETHUSDT long 10 @ 3000
       both     SOLUSDT short 50 @ 150
       start
20.0s  looks    hide DOGEUSDT
       venue    flat BTCUSDT
       looks    hide ETHUSDT
within 60s  expect  hold
       expect   finding phantom BTCUSDT waits next "held back"
       ask      resolve BTCUSDT because "liquidated, the venue wrote a mail"
within 1s  expect  answer done
       expect   closed BTCUSDT unpriced
       expect   sent no cancel
10m    expect   hold
       expect   finding phantom DOGEUSDT waits next "held back"
       expect   rows open 3 closed 1
       looks    show DOGEUSDT
       looks    show ETHUSDT
+40s   expect   no hold
       expect   no findings DOGEUSDT
within 20s  expect  rests BTCUSDT 0
