story  the close of a rollback that is refused for good is sent again after two seconds, four and eight
rows   S-178 S-180

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x99
       next     close refused -1111 x4
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 8s  expect  event ROLLBACK_STARTED AVLUSDT x1
+1s    expect   sent close AVLUSDT sell 86 x1
+2s    expect   sent close AVLUSDT sell 86 x2
+2s    expect   sent close AVLUSDT sell 86 x2
+2s    expect   sent close AVLUSDT sell 86 x3
+6s    expect   sent close AVLUSDT sell 86 x3
+3s    expect   sent close AVLUSDT sell 86 x4
within 40s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   sent close AVLUSDT sell 86 x5
       expect   holds AVLUSDT nothing
