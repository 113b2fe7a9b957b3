story  one leg's refused stops slow down nobody else's: another leg and another account are served at once
rows   B-24 B-5

account second
 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       both     BBBUSDT long 100 @ 10 stop 9.5
       both     second:AAAUSDT long 100 @ 10 stop 9.5
       stop     b BBBUSDT 9.5
       stop     c second:AAAUSDT 9.5
       next     stop refused -1111 x3
       start
 5.0s  expect   naked AAAUSDT
       cancels  b
       cancels  c
+100ms next     stop refused -9999 x1
within 3s  expect  covered second:AAAUSDT
       expect   sent stop second:AAAUSDT x1
+2m    expect   covered AAAUSDT
       expect   covered BBBUSDT
