story  the row that a switch of the mode had left is closed: a row that is written on such a leg later is not left by the switch
rows   E11 B-23
only   binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT/long long 2 @ 3000
       start    deaf
20.0s  mode     main hedge
       venue    flat BTCUSDT
       ask      resync
+5s    expect   account-finding mode-switched
       ledger   closes BTCUSDT
+1m    expect   no account-finding mode-switched
       ledger   XRPUSDT long 100 @ 2
+1m    expect   finding phantom XRPUSDT
       expect   no account-finding mode-switched
