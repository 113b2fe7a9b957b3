story  a close times out and never arrived: it fails visibly, nothing is sent again by itself
rows   B-1 C-7 E6 E7 B-8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+3s    expect   work ETHUSDT CLOSING
within 8s  expect  answer failed "never reached the venue"
       expect   work ETHUSDT "CLOSE FAILED"
       expect   covered ETHUSDT
       expect   sent close ETHUSDT
       expect   intents settled
       ask      close ETHUSDT
within 2s  expect  closed ETHUSDT at 3050 reason manual by operator
       expect   sent close ETHUSDT x2
