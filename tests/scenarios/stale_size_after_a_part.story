story  a part is sold, and a look that lags shows the size from before: the stream's word stands, and no stop is placed for what is gone
rows   B-12 S-113
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.3
       stop     f1 BTCUSDT 58900 0.2 foreign
       start
20.0s  looks    old 1
       trade    BTCUSDT sell 0.2 @ 60500
+40ms  cancels  f1
+200ms expect   covered BTCUSDT at 58800
       expect   sent no stop
