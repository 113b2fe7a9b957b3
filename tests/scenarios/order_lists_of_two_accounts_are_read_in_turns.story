story  two accounts share an address and the stream is up: each reads its order lists in its turn, not with every regular look
rows   S-204 C-2
only binance

 0.0s  account  other
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     other:ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     e1 other:ETHUSDT 2940
       start
 5.0s  cancels  s1 untold
89.0s  expect   rests BTCUSDT 0
within 8s  expect  rests BTCUSDT 1 at 58800
