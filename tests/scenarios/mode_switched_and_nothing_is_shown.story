story  the position mode is switched and a row is left where no position can be: that is no phantom, and waits for a person
rows   E11 B-23
only   binance

policy autonomy auto grace 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  mode     main hedge
       venue    flat BTCUSDT
       ask      resync
60.0s  expect   finding wrong-leg BTCUSDT waits
       expect   no finding phantom
5m     expect   row BTCUSDT long 0.5
       expect   no event PHANTOM_POSITION_DETECTED
