story  the venue cannot be asked for fills: a person's word closes the row, without a price, with their reason
rows   S-078 A19.6 B-10 C-1 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       history  fails
       start    deaf
 5.0s  venue    flat DOGEUSDT
within 60s  expect  finding phantom DOGEUSDT
+10s   expect   rows open 1 closed 0
       ask      resolve DOGEUSDT because "closed by hand on the phone"
within 1s  expect  answer done without a price
       expect   closed DOGEUSDT reason unexplained unpriced evidence tty1 evidence "closed by hand on the phone"
       expect   event OPERATOR_COMMAND DOGEUSDT saying "closed by hand on the phone"
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1
       expect   repair close_phantom DOGEUSDT by operator evidence "closed by hand on the phone"
within 5s  expect  rests DOGEUSDT 0
       ask      undo last
within 1s  expect  answer done
       expect   row DOGEUSDT long 40000 @ 0.38120 status active
