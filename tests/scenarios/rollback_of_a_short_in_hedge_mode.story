story  a short is bought back on its own leg; the long beside it is not touched
rows   S-170 S-179 E11

 0.0s  mode     main hedge
       both     AVLUSDT/long long 500 @ 0.2 stop 0.15
       stop     s1 AVLUSDT/long 0.15
       mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT short 86 stop 5%
within 8s  expect  answer failed rolled back
       expect   sent close AVLUSDT/short buy 86 x1
       expect   sent close x1
       expect   closed AVLUSDT/short reason rollback
60.0s  expect   holds AVLUSDT/short nothing
       expect   holds AVLUSDT/long long 500
       expect   row AVLUSDT/long long 500
