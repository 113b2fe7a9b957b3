story  the price falls through the stop before it is placed: the position is taken back at once
rows   S-179 E4

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -2021 x1
 5.0s  ask      open AVLUSDT long 86 stop 0.19
+5ms   mark     AVLUSDT 0.18
within 5s  expect  answer failed rolled back
       expect   sent close AVLUSDT sell 86 x1
       expect   sent close x1
60.0s  expect   holds AVLUSDT nothing
       expect   closed AVLUSDT reason rollback
