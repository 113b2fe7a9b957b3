story  a close is still working when the engine starts again: it is followed to its end, a second one is refused
rows   C-4 E6 E16 B-2

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close resting
       ask      close ETHUSDT 50%
+200ms kill
+1s    start
+3s    ask      close ETHUSDT
+1s    expect   answer refused "no outcome yet"
       expect   sent close ETHUSDT x1
       expect   row ETHUSDT long 10
       matches  ETHUSDT
within 5s  expect  row ETHUSDT long 5
+5s    expect   intents settled
       ask      close ETHUSDT
within 4s  expect  closed ETHUSDT at 3050 reason manual
       expect   sent close ETHUSDT x2
