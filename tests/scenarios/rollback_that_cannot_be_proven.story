story  ten looks do not show it flat: a critical finding stays until they do, however long that takes
rows   S-172 S-173 S-174 S-181

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
       looks    fail
+10.5s expect   no event ROLLBACK_UNVERIFIED
within 3s  expect  event ROLLBACK_UNVERIFIED AVLUSDT x1 severity CRITICAL saying "verify it at the venue"
       expect   answer failed could not be proven flat
       expect   finding unrolled AVLUSDT waits
+120s  expect   finding unrolled AVLUSDT waits
       looks    ok
within 40s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   no finding unrolled
       expect   sent close x1
       expect   holds AVLUSDT nothing
