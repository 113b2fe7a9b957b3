story  what a person closed while rows vanish is flat, and its row, which no fill explains, is told and resolved like the others
rows   S-022 A19.1 E3 C-1

policy autonomy observe
 0.0s  ledger   BTCUSDT long 1 @ 60000
       venue    BTCUSDT long 0.5 @ 60000
       both     DOGEUSDT long 40000 @ 0.38120
       both     ETHUSDT long 10 @ 3000
       start
20.0s  venue    flat DOGEUSDT
       venue    flat ETHUSDT
+10s   ask      close BTCUSDT
within 60s  expect  hold
       expect   holds BTCUSDT nothing
within 60s  expect  finding phantom BTCUSDT waits next "held back"
       expect   work BTCUSDT CLOSING "waits for what explains its row"
       expect   row BTCUSDT long 1
       ask      resolve BTCUSDT because "half of it never was"
within 2s  expect  answer done
       expect   answer before done
       expect   closed BTCUSDT unpriced
       expect   no work BTCUSDT
       expect   finding phantom DOGEUSDT waits
