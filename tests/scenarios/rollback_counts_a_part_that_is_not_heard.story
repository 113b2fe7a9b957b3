story  the venue ends the close of a rollback after a part, the fill is not heard, and others hold more there: only the rest of ours is sold
rows   S-172 S-180 E12 E16

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close resting
 5.0s  ask      open AVLUSDT long 86 stop 5%
+60ms  trade    AVLUSDT buy 50 @ 0.2 trade 71 client web_1
+5ms   stream   silent
       history  fails
within 6s  expect  sent close AVLUSDT sell 86
+100ms matches  AVLUSDT 40
within 20s  expect  sent close AVLUSDT sell 46
within 40s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
+60s   expect   sent close x2
       expect   holds AVLUSDT long 50
