story  an operator closes an orphan: no row is needed, its stop of ours goes too
rows   S-189 S-116 E7

policy grace 2s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       stop     s1 ORBSUSDT 0.0153
       start
 3.0s  expect   finding orphan ORBSUSDT
       ask      close ORBSUSDT
within 1s  expect  sent close ORBSUSDT buy 200
within 4s  expect  answer done
within 3s  expect  rests ORBSUSDT 0
       expect   event POSITION_CLOSED ORBSUSDT x1
       expect   rows open 0 closed 0
