story  a close of several legs ends when all are proven flat, though the row of one waits for a person
rows   E7 C-7

policy autonomy observe
 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  next     close resting
       ask      close-many AAAUSDT BBBUSDT at-once 1
+1s    fires    b
+5s    expect   batch closing 1 waiting 1
       matches  AAAUSDT
within 10s  expect  answer done 2 of 2 closed
       expect   batch done 2 over
       expect   finding phantom BBBUSDT
       expect   sent no close BBBUSDT
