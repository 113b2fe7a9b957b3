story  a leg whose turn waits for a look that is spaced is waited for asleep: the engine is not woken before it
rows   E6 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  looks    paced 12s
       looks    take 600ms
       next     close resting
       ask      close-many AAAUSDT BBBUSDT at-once 1
+1s    matches  AAAUSDT
+200ms fires    b
+4s    expect   batch done 1 waiting 1
within 40s  expect  answer done "2 of 2 closed"
       expect   sent no close BBBUSDT
       expect   closed BBBUSDT reason stop_loss
