story  where requests run short a leg in doubt is asked about as seldom as the limits say, and nothing is unknown meanwhile
rows   S-183 B-9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     e1 ETHUSDT 2940
       start
20.0s  expect   sent look x2
       looks    paced 8s
       looks    doubt BTCUSDT
60.0s  expect   known
       expect   row BTCUSDT long 0.5
       expect   sent look x7
