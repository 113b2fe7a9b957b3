story  the positions fail while the order lists answer: a stop that went unseen is found missing and comes back
rows   HOLE-7 E4 S-113

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  looks    fail
       cancels  s1 untold
within 45s  expect  event STOP_LOST BTCUSDT x1
within 2s  expect  rests BTCUSDT 1 at 58800
       expect   unknown main
       expect   row BTCUSDT long 0.5
