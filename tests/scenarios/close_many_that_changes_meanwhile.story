story  a leg that changes or ends before its turn is not closed at another size: what is flat counts, what grew does not go
rows   E6 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       start
 5.0s  next     close resting
       ask      close-many AAAUSDT BBBUSDT CCCUSDT at-once 1
+1s    fires    b
       trade    CCCUSDT buy 2 @ 3000
+5s    expect   batch closing 1 waiting 2
       matches  AAAUSDT
within 10s  expect  answer failed "main CCCUSDT (refused: main CCCUSDT changed from long 10 to long 12"
       expect   batch done 2 failed 1 over
       expect   holds CCCUSDT long 12
       expect   closed BBBUSDT reason stop_loss
       expect   sent no close BBBUSDT
       expect   sent no close CCCUSDT
