story  in observe a close by the operator is still booked, and its stop taken away
rows   S-037 S-091 S-108 E7

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT
within 2s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by operator
within 5s  expect  rests ETHUSDT 0
