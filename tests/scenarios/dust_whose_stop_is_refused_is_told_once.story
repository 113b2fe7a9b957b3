story  what is too small to trade cannot have a stop either: the refusal is told once, however often it is tried
rows   S-113 E4
only   binance

 0.0s  instrument BTCUSDT step 0.001 min 0.01
       both     BTCUSDT long 0.005 @ 60000 stop 58800
       mark     BTCUSDT 60000
       next     stop refused -4003 x99
       start
40m    expect   event STOP_REJECTED BTCUSDT x1
