story  the lease of one account is lost while legs of two are being closed: the other account's close ends by itself
rows   E16 E7

       account  second
 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     second:BBBUSDT long 10 @ 3000 stop 2940
       stop     b second:BBBUSDT 2940
       start
 5.0s  next     close resting
       ask      close-many AAAUSDT second:BBBUSDT at-once 2
+5ms   lease    lost main
within 5s  expect  closed second:BBBUSDT
within 2s  expect  batch failed 1 done 1 over
