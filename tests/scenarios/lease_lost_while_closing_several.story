story  the lease is lost during a close of several legs: no further one is sent, not even when it is back
rows   E16 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  next     close resting
       ask      close-many AAAUSDT BBBUSDT at-once 1
+1s    expect   sent close AAAUSDT x1
       lease    lost
+1s    expect   answer failed "AAAUSDT (the lease was lost while it was under way)"
       expect   answer failed "BBBUSDT (stopped before it was sent)"
       expect   batch failed 1 aborted 1 over
       lease    held
       matches  AAAUSDT
within 10s  expect  closed AAAUSDT
+20s   expect   sent no close BBBUSDT
       expect   covered BBBUSDT
