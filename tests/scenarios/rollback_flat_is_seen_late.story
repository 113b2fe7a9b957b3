story  looks lag behind the close: nothing more is sold, and the rollback is verified when two of them agree
rows   S-172 S-173 S-178

 0.0s  mark     AVLUSDT 0.2
       start    deaf
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
       looks    old 6
+500ms expect   work AVLUSDT "ROLLING BACK"
within 11s  expect  answer failed rolled back
       expect   event ROLLBACK_VERIFIED AVLUSDT x1
       expect   no event ROLLBACK_UNVERIFIED
       expect   sent close AVLUSDT sell 86 x1
       expect   sent close x1
60.0s  expect   holds AVLUSDT nothing
