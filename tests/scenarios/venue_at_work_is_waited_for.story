story  while the venue liquidates a position, what is said of it is that our repairs wait
rows   E13 S-041

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  works    BTCUSDT liquidating
21.0s  expect   finding trouble BTCUSDT next "the venue is liquidating it: our repairs wait until it is done"
