story  a rollback has sold and its row cannot be ended yet for want of fills: it is not called taken back before that
rows   S-172 S-180 E6

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
+65ms  stream   silent
       history  fails
+8s    expect   holds AVLUSDT nothing
       expect   row AVLUSDT long 86
       expect   no event ROLLBACK_VERIFIED
       expect   answer accepted
       history  ok
within 30s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   no row AVLUSDT
