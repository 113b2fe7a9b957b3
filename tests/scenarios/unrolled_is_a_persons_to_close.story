story  a rollback could not be proven, and a person closes what is left: that is no second close beside it, and ends it
rows   S-174 E6 C-2

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x99
       next     close refused -1111 x4
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 30s  expect  finding unrolled AVLUSDT waits
+500ms ask      close AVLUSDT
within 10s  expect  answer done
within 10s  expect  no finding unrolled
       expect   holds AVLUSDT nothing
