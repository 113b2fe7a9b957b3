story  the lease of an account is lost that a close of several does not concern: the close goes on to its end
rows   E16 E7

       account  second
 0.0s  both     BBBUSDT long 10 @ 3000 stop 2940
       stop     b BBBUSDT 2940
       both     second:CCCUSDT long 10 @ 3000 stop 2940
       stop     c second:CCCUSDT 2940
       both     second:DDDUSDT long 10 @ 3000 stop 2940
       stop     d second:DDDUSDT 2940
       start
 5.0s  ask      close-many second:CCCUSDT second:DDDUSDT at-once 1
+5ms   lease    lost main
within 9s  expect  answer done "2 of 2 closed"
       expect   batch done 2 over
       expect   closed second:CCCUSDT
       expect   closed second:DDDUSDT
# What is over stays as it ended.
       lease    lost second
+2s    expect   batch done 2 over
