story  killed after the entry left, and no stop can be placed after the restart: it is taken back
rows   S-167 S-180 E1

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
+15ms  kill
+20s   start
       mark     AVLUSDT 0.2
within 15s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   sent close AVLUSDT sell 86 x1
60.0s  expect   holds AVLUSDT nothing
       expect   closed AVLUSDT reason rollback
       expect   sent entry x1
       expect   intents settled
