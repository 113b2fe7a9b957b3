story  killed when a rollback had sold, while others hold more there: the restart finds its fill and sells nothing of theirs
rows   S-167 S-172 E1 E16

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x99
 5.0s  ask      open AVLUSDT long 86 stop 5%
+60ms  trade    AVLUSDT buy 50 @ 0.2 trade 71 client web_1
within 6s  expect  sent close AVLUSDT sell 86
+20ms  kill
+2s    expect   holds AVLUSDT long 50
       start
       mark     AVLUSDT 0.2
+60s   expect   sent close x1
       expect   holds AVLUSDT long 50
