story  the position mode is switched, the position is gone and no fill explains it: the row is not closed by that
rows   E11 B-23
only binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT/long long 2 @ 3000
       both     XRPUSDT/long long 2 @ 3
       start    deaf
20.0s  mode     main hedge
       venue    flat BTCUSDT
       ask      resync
180.0s expect   finding wrong-leg BTCUSDT waits next "leg net does not exist in hedge mode, and no fill explains its end"
       expect   row BTCUSDT long 0.5
