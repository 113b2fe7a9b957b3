story  the position mode was switched under one row: what is gone from a leg that can exist is a phantom, and a leg without a row shows nothing
rows   E11 B-23
only binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT/long long 2 @ 3000
       both     XRPUSDT long 100 @ 2 stop 1.9
       stop     s1 XRPUSDT 1.9
       start    deaf
20.0s  mode     main hedge
       venue    flat BTCUSDT
       venue    flat XRPUSDT
       ask      resync
+1s    venue    flat ETHUSDT/long
       ledger   closes XRPUSDT
+60s   expect   finding wrong-leg BTCUSDT waits
       expect   finding phantom ETHUSDT/long
       expect   no finding wrong-leg ETHUSDT/long
       expect   no finding wrong-leg XRPUSDT
       expect   rests XRPUSDT 1
       both     SOLUSDT long 5 @ 150 stop 140
+40s   expect   counters verified 1
       expect   no finding wrong-leg SOLUSDT
