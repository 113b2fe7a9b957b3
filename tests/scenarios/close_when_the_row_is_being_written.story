story  the ledger does not answer: a close goes out all the same and is booked when it is back
rows   E7 E14 C-4

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ledger   down
       ask      close ETHUSDT
within 1s  expect  sent close ETHUSDT sell 10
within 1s  expect  holds ETHUSDT nothing
+5s    expect   row ETHUSDT long 10
       expect   fault
       ledger   up
within 3s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by operator
+3s    expect   no fault
       expect   answer done
       expect   intents settled
       expect   event POSITION_CLOSED ETHUSDT x1
