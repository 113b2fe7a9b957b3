story  killed while a close was out, and the venue denies it at first: no second close goes out before the denial is believed
rows   A7 E6 C-6 B-6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
10.0s  next     close resting
       ask      close ETHUSDT
+15ms  kill
+500ms finds    deny
       start
+2s    ask      close ETHUSDT
       expect   answer refused "no outcome yet"
       expect   sent close ETHUSDT x1
       finds    ok
       matches  ETHUSDT
within 20s  expect  closed ETHUSDT
       expect   sent close ETHUSDT x1
