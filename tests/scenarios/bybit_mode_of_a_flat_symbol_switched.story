story  a whole look tells the modes of flat symbols too: a switch under a row is told once, one where nothing is held to nobody
rows   E11 B-23
only   bybit

policy autonomy observe
 0.0s  mode     BTCUSDT one-way
       mode     ETHUSDT one-way
       mode     XRPUSDT one-way
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800
       both     XRPUSDT long 100 @ 2
       start    deaf
20.0s  mode     BTCUSDT hedge
       mode     ETHUSDT hedge
       ask      resync
+5m    expect   event POSITION_MODE_CHANGED x1 severity CRITICAL saying "BTCUSDT switched from one-way to hedge"
       expect   event POSITION_MODE_CHANGED x1
       expect   account-finding mode-switched saying BTCUSDT
