story  the stop of what is too small to trade was refused and waits for long; once it is large enough its stop does not wait
rows   S-113 E4
only   binance

 0.0s  instrument BTCUSDT step 0.001 min 0.01
       both     BTCUSDT long 0.005 @ 60000 stop 58800
       mark     BTCUSDT 60000
       next     stop refused -4003
       start
30.0s  trade    BTCUSDT buy 0.5 @ 60000 trade 72
within 5s  expect  covered BTCUSDT at 58800
