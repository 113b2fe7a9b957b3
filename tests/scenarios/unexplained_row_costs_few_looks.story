story  a row waits for fills that do not come: the venue is asked for fills, and looked at no more than the proof wants
rows   S-183 B-9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  venue    flat DOGEUSDT
       ask      resync
14.0s  expect   rows open 2 closed 0
       expect   sent look x4
