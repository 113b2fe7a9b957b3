story  the position mode is switched under a position without a row: that is told aloud, and no row waits for a person
rows   E11

policy autonomy observe
 0.0s  venue    BTCUSDT long 0.5 @ 60000
       start
 5.0s  mode     main hedge
       venue    flat BTCUSDT
       venue    BTCUSDT/long long 0.5 @ 60000 opened 1s
       ask      resync
+1s    expect   event POSITION_MODE_CHANGED x1 severity CRITICAL only binance
       expect   event POSITION_MODE_CHANGED x1 severity WARNING only bybit
       expect   no account-finding mode-switched
