story  while a close waits for the venue's limit, a look leaves its position out and the next one shows it as it was: the close goes on
rows   E6 E7 B-7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close held 20s
       ask      close ETHUSDT
+1s    looks    hide ETHUSDT
       ask      resync
+200ms looks    show ETHUSDT
       ask      resync
+10s   expect   work ETHUSDT CLOSING going
within 20s  expect  closed ETHUSDT reason manual by operator
       expect   sent close ETHUSDT x2
