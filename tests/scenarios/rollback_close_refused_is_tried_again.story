story  the close of a rollback is refused: it is tried again until it works, and the leg is shown as naked
rows   S-178 S-180

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x40
       next     close refused -1008 x3
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
+1s    expect   naked AVLUSDT
within 40s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   sent close AVLUSDT sell 86 x4
       expect   holds AVLUSDT nothing
       expect   closed AVLUSDT reason rollback
60.0s  expect   no findings
