story  a close times out although it was executed: the venue is asked, nothing is sent again
rows   S-104 B-1 C-5 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start    deaf
 5.0s  next     close unsure-done
       ask      close ETHUSDT
+100ms expect   intents unknown 1
within 5s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by operator
within 1s  expect  answer done
5m     expect   sent close ETHUSDT
       expect   sent find-order ETHUSDT
       expect   intents settled
       expect   no work ETHUSDT
