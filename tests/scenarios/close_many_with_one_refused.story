story  one of several closes is refused for good: the others go on, and the whole says which failed
rows   C-6 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       start
 5.0s  next     close refused -1111
       ask      close-many AAAUSDT BBBUSDT at-once 1
within 10s  expect  batch failed 1 done 1 over
       expect   answer failed "AAAUSDT"
       expect   closed BBBUSDT
       expect   covered AAAUSDT
