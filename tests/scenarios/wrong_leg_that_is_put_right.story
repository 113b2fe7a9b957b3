story  a person ends the row that stood on a wrong leg: that it does so no more is told
rows   E11 B-23
only binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  mode     main hedge
       venue    flat BTCUSDT
       venue    BTCUSDT/long long 0.5 @ 60000 opened 1s
       ask      resync
60.0s  expect   finding wrong-leg BTCUSDT waits
       ledger   closes BTCUSDT
+60s   expect   event LEG_MISMATCH BTCUSDT x1 saying "does not stand on a wrong leg any more"
