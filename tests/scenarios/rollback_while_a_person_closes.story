story  it could not be proven flat, and a person closes what is left: the finding ends with the position
rows   S-174 E6

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x99
       next     close refused -1008 x90
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 30s  expect  finding unrolled AVLUSDT waits
+1s    trade    AVLUSDT sell 86 @ 0.199
within 20s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   no finding unrolled
       expect   holds AVLUSDT nothing
       expect   rows open 0 closed 1
