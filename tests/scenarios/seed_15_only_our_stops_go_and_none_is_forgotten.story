story  the long leg ends and its clean-up fails at first: the operator's stop and the short leg's stay, ours goes at last
rows   A19.15 S-109 S-110 S-111
only   binance

 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       both     BTCUSDT/short short 0.2 @ 60500 stop 61700
       stop     l BTCUSDT/long 58800
       stop     mine BTCUSDT/long 57000 foreign
       stop     s BTCUSDT/short 61700
       next     cancel refused -1008 x2
       start
20.0s  trade    BTCUSDT/long sell 0.5 @ 61000
+2s    expect   closed BTCUSDT/long pnl 500
       expect   rests BTCUSDT/long 2
       expect   stray l
1m     expect   rests BTCUSDT/long 1 at 57000
       expect   rests BTCUSDT/short 1 at 61700
       expect   sent cancel l x3
       expect   sent no cancel mine
       expect   sent no cancel s
