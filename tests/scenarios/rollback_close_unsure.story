story  the answer to the close is lost and it was executed: it is asked for, and not sent again
rows   S-171 S-178 E6

 0.0s  mark     AVLUSDT 0.2
       start    deaf
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1111 x9
       next     close unsure-done
 5.0s  ask      open AVLUSDT long 86 stop 5%
within 20s  expect  event ROLLBACK_VERIFIED AVLUSDT x1
       expect   answer failed rolled back
       expect   sent close x1
60.0s  expect   holds AVLUSDT nothing
       expect   intents settled
