story  a part is sold and the row has followed; a word from before that comes late: it is not believed, and no stop is placed for it
rows   B-12 S-113
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.3
       stop     s2 BTCUSDT 58800 0.5
       start
20.0s  trade    BTCUSDT sell 0.2 @ 60500
within 6s  expect  row BTCUSDT long 0.3
+2s    stream   says BTCUSDT long 0.8 @ 60000 ago 10s
+10ms  expect   covered BTCUSDT at 58800
       expect   no finding partly
