story  a move of a trailing stop is refused because of the position mode: the mode is read at once
rows   E4 E11
only   binance

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  next     stop refused -4061
       mode     main hedge
       mark     BTCUSDT 60900
+200ms expect   event STOP_REJECTED BTCUSDT x1
       expect   event POSITION_MODE_CHANGED x1 severity CRITICAL
