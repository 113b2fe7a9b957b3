story  the venue took a close, and questions about it fail: it is asked once a second until it answers
rows   E6 E7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start    deaf
 5.0s  next     close resting
       finds    fail
       ask      close ETHUSDT
+4500ms expect  sent find-order x4
