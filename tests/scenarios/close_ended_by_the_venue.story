story  the venue ends a close after a part: it says so, and what is left stays open and protected
rows   C-6 E12 B-8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT
+200ms matches  ETHUSDT 4
within 3s  expect  answer failed "expired after 4"
within 5s  expect  row ETHUSDT long 6 pnl 200
       expect   covered ETHUSDT
       expect   holds ETHUSDT long 6
       expect   sent close ETHUSDT
