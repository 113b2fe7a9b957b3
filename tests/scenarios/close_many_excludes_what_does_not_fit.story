story  legs whose pin no longer fits, with a close in flight, unknown or named twice are refused by name; the others go
rows   E7 C-6

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       start
 5.0s  next     close resting
       ask      close BBBUSDT
+0.5s  ask      close-many AAAUSDT seen 9 BBBUSDT CCCUSDT CCCUSDT DDDUSDT seen 5 seen-side long
       expect   answer accepted "excluded: main AAAUSDT"
       expect   batch closing 1 excluded 4
within 8s  expect  answer failed "NOT closed: main AAAUSDT"
       expect   batch done 1 excluded 4 over
       expect   holds CCCUSDT nothing
       expect   holds AAAUSDT long 10
       expect   sent close CCCUSDT
       expect   sent no close AAAUSDT
       matches  BBBUSDT
within 8s  expect  closed BBBUSDT
       ask      close-many AAAUSDT seen 9 halt
       expect   answer refused "nothing to close"
       expect   no halted main
       expect   sent no close AAAUSDT
