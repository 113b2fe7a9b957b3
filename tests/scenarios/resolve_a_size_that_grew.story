story  a position has grown and no fill says how: a person's word lets the row follow, with the entry that the venue names
rows   S-197 S-198 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  venue    BTCUSDT long 0.8 @ 60300 opened 0s
within 40s  expect  finding quantity BTCUSDT waits next "no fills explain"
+1s    ask      resolve BTCUSDT because "moved here from the other account"
within 1s  expect  answer done "0.5 -> 0.8"
       expect   row BTCUSDT long 0.8 @ 60300
