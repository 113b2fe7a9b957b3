story  a person stops a close that is sent in parts: no further part goes, the leg stays protected
rows   E7 E12

       instrument ETHUSDT max 4
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+1s    ask      abort
       expect   answer exactly done "stopped: 0 legs are not sent, of 1 no further part is sent"
       matches  ETHUSDT
within 8s  expect  answer before failed "stopped by a person"
       expect   sent close ETHUSDT x1
       expect   holds ETHUSDT long 6
+5s    expect   covered ETHUSDT
