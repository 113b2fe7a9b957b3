story  60 of 86 were filled: 60 are sold, not 86
rows   S-171 S-152 E12

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       entry    fills 60
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT short 86 stop 5%
within 8s  expect  answer failed rolled back
       expect   sent close AVLUSDT buy 60 x1
       expect   sent close x1
60.0s  expect   holds AVLUSDT nothing
       expect   closed AVLUSDT reason rollback
       expect   no findings
