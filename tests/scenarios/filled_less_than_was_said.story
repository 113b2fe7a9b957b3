story  a close is said to be filled, the venue still holds a part: it is not done, and says how much is left
rows   B-17 C-6 HOLE-10

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
15.0s  stream   silent
       ask      close ETHUSDT
+15ms  venue    ETHUSDT long 4 @ 3000 opened 0s
within 40s  expect  answer failed "4 left"
       expect   row ETHUSDT
       expect   sent close ETHUSDT x1
within 5s  expect  covered ETHUSDT
       expect   event OPERATOR_COMMAND ETHUSDT severity CRITICAL saying "close failed"
