story  a row is registered on one leg for what the venue holds on another: with that read the orphan is left to a person
rows   E11 B-23
only   binance

policy autonomy observe grace 5s
 0.0s  mode     main mixed
       stop     f1 BTCUSDT sell 50000 0.1 foreign
       venue    BTCUSDT/long long 0.5 @ 60000
       start
20.0s  expect   finding orphan BTCUSDT/long
       ledger   BTCUSDT long 0.5 @ 60000
+105ms expect   finding orphan BTCUSDT/long waits next "a row on another leg says the same"
