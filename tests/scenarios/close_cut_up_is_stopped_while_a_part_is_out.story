story  a person stops a close of which a part is out: it is followed to its end, and only then called stopped
rows   E6 E7

       instrument ETHUSDT max 4
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+1s    ask      abort
+2s    expect   answer before accepted
       expect   work ETHUSDT CLOSING
       matches  ETHUSDT
within 8s  expect  answer before failed "stopped by a person"
       expect   holds ETHUSDT long 6
