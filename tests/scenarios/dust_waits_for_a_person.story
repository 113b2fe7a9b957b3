story  what is too small to trade is dust: one finding, no alarm, and x asks for all of it
rows   E12

 0.0s  instrument DOGEUSDT step 1 min 10
       both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 39996 @ 0.39 trade 71
       cancels  c22
       next     stop refused -4003 x9
within 9s  expect  row DOGEUSDT long 4
+60s   expect   finding dust DOGEUSDT waits next "x asks it for all of it"
       expect   no finding naked
       expect   no event POSITION_NAKED
       expect   event POSITION_DUST x1
       expect   event STOP_REJECTED x1
       expect   sent stop DOGEUSDT x1
       expect   rows open 1 closed 0
       ask      close DOGEUSDT
within 4s  expect  answer done
       expect   sent close DOGEUSDT sell 4
within 9s  expect  closed DOGEUSDT
       expect   no findings
