story  the venue has no room and does not say until when: the close goes again after two seconds
rows   E6 E7 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close refused -1015
       ask      close ETHUSDT
+1900ms expect  sent close ETHUSDT x1
+200ms expect   sent close ETHUSDT x2
within 3s  expect  closed ETHUSDT reason manual
