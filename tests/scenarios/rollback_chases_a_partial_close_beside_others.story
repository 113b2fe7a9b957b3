story  the venue ends the close of a rollback after 40 of 86 while others hold 50 there: the other 46 are sold, and nothing of theirs
rows   S-172 S-180 E12 E16

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close resting
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 6s  expect  event ROLLBACK_STARTED AVLUSDT x1
+100ms trade    AVLUSDT buy 50 @ 0.2 trade 71 client web_1
+100ms matches  AVLUSDT 40
within 8s  expect  answer failed rolled back
       expect   sent close AVLUSDT sell 46 x1
+20s   expect   sent close x2
       expect   holds AVLUSDT long 50
