story  a look whose lists of orders are held back is followed by one about positions as late as what is left allows
rows   S-183 B-9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     e1 ETHUSDT 2940
       start
20.0s  expect   sent look x2
       looks    paced 8s
       looks    doubt BTCUSDT
       orders   fail 3
29.5s  expect   sent look x2
37.5s  expect   sent look x3
       expect   known
       expect   row BTCUSDT long 0.5
