story  a close goes in parts, and the venue calls one of them expired that it filled to the last: the next part goes
rows   E7 E12

       instrument ETHUSDT max 4
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+1s    matches  ETHUSDT 4
within 8s  expect  answer done "ETHUSDT is flat"
       expect   sent close ETHUSDT x3
       expect   holds ETHUSDT nothing
