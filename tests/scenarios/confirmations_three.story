story  three agreeing looks are wanted: two are not enough, however far apart
rows   S-194 C-3

policy confirmations 3 confirm 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 61000
30.5s  expect   finding phantom BTCUSDT
38.0s  expect   row BTCUSDT long 0.5
within 4s  expect  closed BTCUSDT at 61000
