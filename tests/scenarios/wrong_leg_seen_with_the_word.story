story  the stream tells that a position opened on another leg of an instrument: the row beside it is on a wrong leg from that word on
rows   E11 B-23
only   binance

policy autonomy observe
 0.0s  mode     main mixed
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800
       start
10.0s  expect   finding phantom BTCUSDT
       trade    BTCUSDT/long buy 0.5 @ 60000
+60ms  expect   finding wrong-leg BTCUSDT
       expect   no finding phantom
