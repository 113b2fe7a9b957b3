story  the stop leaves with its position, and the word of that comes well before the zero: it is not called lost
rows   A7 B-7 E4 E9
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  trade    BTCUSDT sell 0.5 @ 61000 untold
       looks    old 3
       stream   says stop s1 expired
+900ms stream   says BTCUSDT zero
within 3s  expect  closed BTCUSDT at 61000 pnl 500
+10s   expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       expect   sent no stop
