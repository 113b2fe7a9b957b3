story  the close of a rollback went through and its fill is not heard, while others hold more there: what is theirs is not sold
rows   S-172 S-180 E6 E16

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
+60ms  trade    AVLUSDT buy 50 @ 0.2 trade 71 client web_1
+5ms   stream   silent
       history  fails
within 6s  expect  event ROLLBACK_STARTED AVLUSDT x1
within 40s  expect  event ROLLBACK_VERIFIED AVLUSDT x1 saying "what is left there is not ours"
+80s   expect   sent close AVLUSDT sell 86
       expect   sent close x1
       expect   holds AVLUSDT long 50
