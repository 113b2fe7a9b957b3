story  a close above the largest market order goes out in parts, one at a time
rows   S-104 E6

 0.0s  instrument 1000PEPEUSDT step 1 max 100000
       both     1000PEPEUSDT short 250000 @ 0.01 stop 0.0102
       stop     s1 1000PEPEUSDT 0.0102
       mark     1000PEPEUSDT 0.0099
       start
 5.0s  ask      close 1000PEPEUSDT
       expect   answer accepted "in 3 orders"
within 3s  expect  closed 1000PEPEUSDT at 0.0099 pnl 25 reason manual by operator
       expect   sent close 1000PEPEUSDT buy 100000 x2
       expect   sent close 1000PEPEUSDT buy 50000
within 1s  expect  answer done
       expect   intents settled
