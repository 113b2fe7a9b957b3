story  an entry is refused because of the position mode: the mode is read at once
rows   E11 S-152
only   binance

 0.0s  mark     BTCUSDT 60000
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 1.0s  mark     BTCUSDT 60000
       mode     main hedge
       next     entry refused -4061
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+200ms expect   event POSITION_MODE_CHANGED x1 severity CRITICAL
+5s    expect   answer failed "position side"
