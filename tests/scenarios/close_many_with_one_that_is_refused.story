story  one close of several is refused: that one failed, the others go on, and the whole ends
rows   E7 E14

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  next     close refused -2015
       ask      close-many AAAUSDT BBBUSDT at-once 1
within 9s  expect  batch done 1 failed 1 over
       expect   answer failed "1 of 2 closed"
