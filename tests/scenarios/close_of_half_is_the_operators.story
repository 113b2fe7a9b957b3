story  a person closes half: the row follows, and the journal says that it was the person's
rows   S-198 C-2

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT 50%
within 10s  expect  row ETHUSDT long 5 pnl 250
       expect   repair follow_quantity ETHUSDT by operator x1
