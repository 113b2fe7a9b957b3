story  killed while the close of a rollback rests: after the restart no second one is sent beside it
rows   S-171 S-178 S-167 E1

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x99
       next     close resting
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 20s  expect  sent close AVLUSDT sell 86
+100ms kill
+5s    start
       mark     AVLUSDT 0.2
+30s   expect   sent close x1
       expect   holds AVLUSDT long 86
       matches  AVLUSDT
within 10s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
+10s   expect   sent close x1
       expect   holds AVLUSDT nothing
       expect   intents settled
