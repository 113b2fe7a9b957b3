story  the first look after the close calls it flat while the close still rests: that is not believed
rows   S-166 S-172

 0.0s  mark     AVLUSDT 0.2
       start    deaf
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close resting
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
       looks    empty 1
+1s    expect   no event ROLLBACK_VERIFIED
       matches  AVLUSDT
within 11s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   sent close x1
       expect   holds AVLUSDT nothing
