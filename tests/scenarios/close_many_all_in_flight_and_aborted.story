story  a close of several is stopped when all of it is out: nothing is taken back, and that is said
rows   E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       start
 5.0s  next     close resting x3
       ask      close-many AAAUSDT BBBUSDT CCCUSDT at-once 2
+1s    matches  AAAUSDT
within 5s  expect  answer exactly accepted "1 of 3 closed, 2 in flight"
+1s    ask      abort
       expect   answer done "stopped: 0 legs are not sent, 2 in flight go on"
       matches  BBBUSDT
       matches  CCCUSDT
within 9s  expect  batch done 3 over
