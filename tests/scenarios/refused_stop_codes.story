story  a stop refused for a passing reason is tried again soon, one refused for its form not so soon
rows   S-113 C-6 C-7

 0.0s  both     AAAUSDT long 10 @ 3 stop 2.9
       next     stop refused -1008 x2
       start
within 5s  expect  covered AAAUSDT
       expect   sent stop AAAUSDT x3
       expect   event STOP_REJECTED AAAUSDT x2
       expect   event POSITION_COVERED AAAUSDT x1
       cancels  AAAUSDT
       next     stop refused -2015 x2
+20s   expect   sent stop AAAUSDT x4
       expect   finding naked AAAUSDT next "-2015"
+50s   expect   covered AAAUSDT
