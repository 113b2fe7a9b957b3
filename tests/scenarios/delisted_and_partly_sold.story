story  a part is sold of what the venue does not list any more: the fill says how much, to the last digit
rows   S-126 S-144

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  lists    ETHUSDT not
20.0s  trade    ETHUSDT sell 4 @ 3050 trade 71
within 10s  expect  row ETHUSDT long 6 pnl 200
