story  two closes of several legs are under way and the second is stopped: the first goes on as if nothing had happened
rows   C-6

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     CCCUSDT long 10 @ 3000 stop 2940
       stop     c CCCUSDT 2940
       both     DDDUSDT long 10 @ 3000 stop 2940
       stop     d DDDUSDT 2940
       start
 5.0s  next     close resting x2
       ask      close-many AAAUSDT BBBUSDT at-once 1
       ask      close-many CCCUSDT DDDUSDT at-once 1
+1s    expect   sent close AAAUSDT x1
       expect   sent close CCCUSDT x1
       ask      abort
       expect   answer done "1 leg is not sent"
+1s    matches  AAAUSDT
       matches  CCCUSDT
within 10s  expect  closed AAAUSDT
within 10s  expect  closed BBBUSDT
+5s    expect   closed CCCUSDT
       expect   sent no close DDDUSDT
       expect   covered DDDUSDT
