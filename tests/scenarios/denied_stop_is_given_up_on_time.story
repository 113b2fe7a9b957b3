story  the stop on a position is not there for as long as a denial is doubted: the next goes at once then, and not at the question after
rows   B-1 C-7 E4
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  orders   forget s1
       ask      resync
+4s    expect   sent no stop
+90ms  expect   sent stop BTCUSDT x1
