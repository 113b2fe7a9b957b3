story  a rule that only proposes proves everything, says what it would do in full, and waits for a person's word
rows   C-1 C-3 C-7 E2 E18 S-204

policy close_phantom propose
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38120 order 555
       fill     DOGEUSDT buy 40000 @ 0.38120 ago 1h order 555 fee 1
       fill     DOGEUSDT sell 40000 @ 0.38004 ago 1m trade 91 fee 1
       ledger   ORBSUSDT short 200 @ 0.0150
       start    deaf
10m    expect   finding phantom DOGEUSDT waits next "proposes: close the row at 0.38004, pnl -48.4, external; R accepts"
       expect   finding phantom ORBSUSDT waits next "proposes: close the row without a price, no fill explains it; R accepts"
       expect   rows open 2 closed 0
       expect   trust main close_phantom propose
       ask      resolve DOGEUSDT because "as proposed"
within 1s  expect  answer done
       expect   closed DOGEUSDT at 0.38004 pnl -48.4 reason external priced by startup
       expect   rows open 1 closed 1
