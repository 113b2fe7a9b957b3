story  killed in the middle of a move, while the older one was being cancelled: the restart keeps the better stop and no other
rows   C-4 A7 E4 E6

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
+25ms  kill
+1s    start
within 3s  expect  covered BTCUSDT at 60595.5
+8s    expect   rests BTCUSDT 1 at 60595.5
       expect   trail BTCUSDT active best 60900 stop 60595.5
       expect   intents settled
       expect   no event POSITION_NAKED
       expect   no event STOP_LOST
       expect   event TRAILING_STOP_ACTIVATED x1
