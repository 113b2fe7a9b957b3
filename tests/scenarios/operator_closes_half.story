story  an operator closes half: the stop stays, the row follows, the rest is closed later
rows   S-091 S-104 E4 E12

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT 50%
within 1s  expect  answer done
       expect   sent close ETHUSDT sell 5
within 4s  expect  row ETHUSDT long 5 pnl 250
       expect   covered ETHUSDT
       ask      close ETHUSDT
within 2s  expect  closed ETHUSDT at 3050 pnl 500 reason manual by operator priced
       expect   sent close ETHUSDT sell 5 x2
+20s   expect   rests ETHUSDT 0
       expect   no findings
