story  what the first look shows was found, what a later one shows has changed
rows   C-3

policy autonomy observe
 0.0s  venue    BTCUSDT long 0.5 @ 60000
       start    deaf
 5.0s  expect   drift BTCUSDT long 0.5 found
       trade    BTCUSDT sell 0.2 @ 60000
+40s   expect   drift BTCUSDT long 0.3
       expect   drifts BTCUSDT 2
