story  the venue ends the close after 40 of 86: the other 46 are sold as well
rows   S-172 S-180 E12

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close resting
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 6s  expect  event ROLLBACK_STARTED AVLUSDT x1
+200ms matches  AVLUSDT 40
within 8s  expect  answer failed rolled back
       expect   sent close AVLUSDT sell 86 x1
       expect   sent close AVLUSDT sell 46 x1
       expect   sent close x2
60.0s  expect   holds AVLUSDT nothing
       expect   closed AVLUSDT reason rollback
       expect   no findings
