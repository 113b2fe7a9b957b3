story  a person stops a close of several: what is not sent is not sent, what is out is followed to its end
rows   E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  next     close resting
       ask      close-many AAAUSDT BBBUSDT at-once 1
+1s    ask      abort
       expect   answer exactly done "stopped: 1 leg is not sent, 1 in flight goes on"
       matches  AAAUSDT
within 8s  expect  answer before failed "main BBBUSDT (stopped before it was sent)"
       expect   batch done 1 aborted 1 over
       expect   closed AAAUSDT
+20s   expect   sent no close BBBUSDT
       expect   covered BBBUSDT
       ask      abort 2
       expect   answer refused "nothing under way"
