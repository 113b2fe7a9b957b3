story  of a close of several it is said after each how many are out and how many were not sent yet
rows   E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       start
 5.0s  next     close resting x3
       ask      close-many AAAUSDT BBBUSDT CCCUSDT at-once 1
+1s    matches  AAAUSDT
within 5s  expect  answer accepted "1 of 3 closed, 1 in flight, 1 not sent yet"
