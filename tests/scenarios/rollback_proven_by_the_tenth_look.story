story  nine looks fail, the tenth shows that it is flat: that counts, and nobody is alarmed
rows   S-172 S-178 A19.13

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
       looks    fail
+10.7s expect   no event ROLLBACK_VERIFIED
       expect   no event ROLLBACK_UNVERIFIED
       looks    ok
within 1s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   answer failed rolled back
60.0s  expect   no event ROLLBACK_UNVERIFIED
       expect   sent close x1
