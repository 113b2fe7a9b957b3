story  the lease is lost while a close has no answer: nothing more is sent, and its end is asked for when it is back
rows   E16 E6 C-4

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+50ms  lease    lost
+1ms   expect   answer failed "the lease of main was lost meanwhile (it could not be renewed)"
       expect   event LEASE_LOST x1 severity CRITICAL
       expect   sent close ETHUSDT x1
+10s   expect   account-finding standby saying "it could not be renewed"
       expect   sent no find-order
       expect   intents unknown 1
       ask      close ETHUSDT
+1s    expect   answer refused "the lease is lost: it could not be renewed"
       lease    held
within 10s  expect  intents settled
       expect   intents failed 1
       expect   sent close ETHUSDT x1
       expect   covered ETHUSDT at 2940
       ask      close ETHUSDT
within 5s  expect  closed ETHUSDT
       expect   sent close ETHUSDT x2
