story  the history is complete and explains nothing, and nobody may close the row: it is asked for less and less often
rows   S-183 B-9 S-071

policy autonomy observe
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
 5.0s  venue    flat DOGEUSDT
       ask      resync
 7.5s  expect   sent history DOGEUSDT x2
45.0s  expect   sent history DOGEUSDT x6
1m     expect   sent history DOGEUSDT x7
2m     expect   sent history DOGEUSDT x9
