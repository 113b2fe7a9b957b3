story  a position is gone while the other way round is open on another leg of its instrument: its row is a phantom like any other
rows   E11 B-23
only binance

policy autonomy observe
 0.0s  mode     main mixed
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       venue    BTCUSDT/short short 0.3 @ 60000
       start    deaf
10.0s  venue    flat BTCUSDT
+60s   expect   finding phantom BTCUSDT
       expect   no finding wrong-leg
       expect   no finding doubled
