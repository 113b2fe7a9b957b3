story  long and short of one instrument trail each for itself
rows   B-23 C-8 A19.11

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       both     BTCUSDT/short short 0.2 @ 62000 stop 63240
       stop     l BTCUSDT/long 58800
       stop     s BTCUSDT/short 63240
       mark     BTCUSDT 60800
       start
 5.0s  expect   trail BTCUSDT/long waiting arm 60900
       expect   trail BTCUSDT/short active best 60800 stop 61104
within 1s  expect  covered BTCUSDT/short at 61104
       expect   covered BTCUSDT/long at 58800
+1s    mark     BTCUSDT 61000
within 1s  expect  covered BTCUSDT/long at 60695
+1s    expect   trail BTCUSDT/short best 60800 stop 61104 moves 1
       expect   trail BTCUSDT/long moves 1
       trade    BTCUSDT/long sell 0.5 @ 61000
within 2s  expect  closed BTCUSDT/long reason external
       expect   event TRAILING_STOP_REMOVED BTCUSDT/long x1
       expect   no event TRAILING_STOP_REMOVED BTCUSDT/short
       expect   trail BTCUSDT/short active
       expect   kept BTCUSDT/short active
+10s   expect   covered BTCUSDT/short at 61104
