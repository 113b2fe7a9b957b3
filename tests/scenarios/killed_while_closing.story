story  killed between sending a close and hearing of it: nothing is sent again, the end is booked
rows   S-095 C-4 C-5 E1 E6 B-19

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT
+5ms   kill
+1s    expect   holds ETHUSDT nothing
       expect   row ETHUSDT long 10
       start
within 4s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by startup priced
+3s    expect   intents settled
       expect   sent close ETHUSDT
       expect   rests ETHUSDT 0
