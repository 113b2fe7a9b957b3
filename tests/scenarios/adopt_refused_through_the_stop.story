story  an adoption whose stop the price has already passed is refused, nothing is written or sent
rows   S-007 S-189

 0.0s  venue    ORBSUSDT long 200 @ 0.0150
       mark     ORBSUSDT 0.0140
       start
 3.0s  ask      adopt ORBSUSDT
       expect   answer refused "already through the stop"
+30s   expect   nothing
       expect   no row ORBSUSDT
       ask      adopt ORBSUSDT stop 0.0139
within 1s  expect  answer done
       expect   rests ORBSUSDT 1 at 0.0139
