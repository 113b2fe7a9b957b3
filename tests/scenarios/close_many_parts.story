story  a part of a leg goes with several: it is done when the leg is that much smaller, and the rest stays covered
rows   E4 E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       both     BBBUSDT short 10 @ 3000 stop 3060
       stop     b BBBUSDT 3060
       start
 5.0s  ask      close-many AAAUSDT 4 BBBUSDT
within 8s  expect  answer done "2 of 2 closed"
       expect   sent close AAAUSDT sell 4
       expect   holds AAAUSDT long 6
       expect   covered AAAUSDT
       expect   closed BBBUSDT
within 5s  expect  row AAAUSDT long 6
       ask      close-many AAAUSDT 7
       expect   answer refused "more than is open"
