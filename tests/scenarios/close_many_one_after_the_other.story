story  nine closes of several one after the other: the last eight are shown, and the ninth says nothing of the others
rows   E7

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       start
 5.0s  ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 1 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 2 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 3 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 4 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 5 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 6 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 7 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 8 over
       ask      close-many AAAUSDT 1
within 5s  expect  batch done 1 kept 8 over
       expect   holds AAAUSDT long 1
within 9s  expect  row AAAUSDT long 1
