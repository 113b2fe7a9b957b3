story  an accepted close that is matched later is asked about until its end is known
rows   C-6 B-1 B-2

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start    deaf
 5.0s  next     close resting
       ask      close ETHUSDT
 9.0s  expect   work ETHUSDT CLOSING
       expect   row ETHUSDT long 10
       matches  ETHUSDT
within 5s  expect  closed ETHUSDT at 3050 reason manual by operator
within 1s  expect  answer done
       expect   sent close ETHUSDT
