story  while an adoption is being written or waits for its stop, the leg is neither adopted again nor opened
rows   S-071 E6

policy grace 5s
 0.0s  venue    ORBSUSDT short 2000 @ 0.0150
       mark     ORBSUSDT 0.0149
       start
 8.0s  next     stop refused -1008 x3
       ask      adopt ORBSUSDT
       expect   answer accepted
       ask      adopt ORBSUSDT
       expect   answer refused "is being written, try again"
       ask      open ORBSUSDT short 2000 stop 2%
       expect   answer refused "is being written, try again"
+100ms expect   row ORBSUSDT short 2000
       ask      open ORBSUSDT short 2000 stop 2%
       expect   answer refused "is being written, try again"
within 20s  expect  covered ORBSUSDT
       expect   rows open 1 closed 0
       expect   event POSITION_ADOPTED x1
       expect   sent no entry
