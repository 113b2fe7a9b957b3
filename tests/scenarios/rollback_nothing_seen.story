story  nobody answers about an entry and nothing is seen of it: from the rollback on ten looks are taken, the first after two seconds
rows   S-174 E6

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     entry unsure-lost
       finds    fail
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 20s  expect  event ROLLBACK_STARTED AVLUSDT
+11s   expect   no event ROLLBACK_UNVERIFIED
       expect   answer accepted
within 2s  expect  event ROLLBACK_UNVERIFIED AVLUSDT x1 saying "an open position without a stop may exist"
