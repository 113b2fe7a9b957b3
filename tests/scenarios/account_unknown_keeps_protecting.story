story  REST fails but the stream is up: a stop that is cancelled comes back all the same
rows   S-100 S-113 E7

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  looks    fail
40.0s  expect   unknown main
       cancels  s1
within 2s  expect  rests BTCUSDT 1 at 58800
