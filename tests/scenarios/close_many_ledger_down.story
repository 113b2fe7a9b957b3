story  the ledger is down: closes of several go all the same, and are written when it is back
rows   E7 E14

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  ledger   down
       ask      close-many AAAUSDT BBBUSDT at-once 1 halt
within 40s  expect  holds AAAUSDT nothing
       expect   halted main
+1m    ledger   up
within 5s  expect  answer done "2 of 2 closed"
       expect   holds BBBUSDT nothing
       expect   closed AAAUSDT reason manual
       expect   closed BBBUSDT reason manual
       expect   halted main
       expect   intents settled
