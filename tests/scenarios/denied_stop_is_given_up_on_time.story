story  a stop is neither listed nor known by id: after five seconds, and not later, the next is placed
rows   B-1 C-7 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  orders   forget s1
       ask      resync
+5s    expect   sent no stop
+90ms  expect   sent stop BTCUSDT x1
