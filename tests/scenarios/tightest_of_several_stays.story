story  several stops of ours that each cover everything, in whatever order they are listed: the tightest one stays
rows   S-116 C-4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       both     SOLUSDT short 10 @ 100 stop 102
       mark     BTCUSDT 60100
       mark     ETHUSDT 3010
       mark     SOLUSDT 99
       stop     a1 BTCUSDT 59000
       stop     a2 BTCUSDT 58800
       stop     b1 ETHUSDT 2940
       stop     b2 ETHUSDT 2950
       stop     c1 SOLUSDT 101
       stop     c2 SOLUSDT 102
       start
10.0s  expect   rests BTCUSDT 1 at 59000
       expect   rests ETHUSDT 1 at 2950
       expect   rests SOLUSDT 1 at 101
       expect   sent no stop
