story  the stream is lost and comes back: both are told, and everything is looked at again
rows   S-126 S-127 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
10.0s  stream   down
       trade    BTCUSDT sell 0.5 @ 61000
       cancels  s2
12.0s  stream   up
within 1s  expect  finding phantom BTCUSDT
within 3s  expect  closed BTCUSDT at 61000 by sync priced
within 1s  expect  rests ETHUSDT 1 at 2940 of 10  only binance
within 6s  expect  rests ETHUSDT 1 at 2940 of 10  only bybit
       expect   event STREAM_DOWN x1
       expect   event STREAM_UP x2
