story  one of several is flat and the ledger is down: what is said of them all stays what it was
rows   E7 E14

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  ledger   down
       ask      close-many AAAUSDT BBBUSDT at-once 1
45.0s  expect   holds AAAUSDT nothing
       expect   answer accepted "closing"
