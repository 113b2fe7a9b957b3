story  the stop of an open is on its way: a person's close waits for the open, which protects it or takes it back
rows   S-170 C-6
only   binance

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     stop refused -1008
 5.0s  ask      open AVLUSDT long 86 stop 5%
+1s    expect   holds AVLUSDT long 86
       ask      close AVLUSDT
       expect   answer refused "an open of main AVLUSDT is under way"
       expect   sent no close
within 9s  expect  covered AVLUSDT
       ask      close AVLUSDT
       expect   answer accepted
