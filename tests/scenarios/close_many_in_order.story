story  several legs are closed on one word: so many at a time, in the given order, done when all are proven flat
rows   S-108 S-114 E6 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT short 10 @ 3000 stop 3060
       stop     b BBBUSDT 3060
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       start
 5.0s  ask      close-many BBBUSDT AAAUSDT CCCUSDT at-once 2 because "exchange trouble"
       expect   answer accepted "closing 3 of 3 legs, 2 at a time"
       expect   sent close x2
       expect   sent close BBBUSDT buy 10
       expect   sent close AAAUSDT sell 10
       expect   sent no close CCCUSDT
       expect   batch closing 2 waiting 1
within 4s  expect  answer accepted "of 3 closed"
within 8s  expect  answer done "3 of 3 closed"
       expect   batch done 3 over
       expect   sent close CCCUSDT sell 10
       expect   closed AAAUSDT reason manual by operator
       expect   closed BBBUSDT reason manual by operator
       expect   closed CCCUSDT reason manual by operator
       expect   event OPERATOR_COMMAND saying "exchange trouble"
+10s   expect   rests AAAUSDT 0
       expect   rests CCCUSDT 0
       expect   sent close x3
