story  the position mode is switched and the position moves to another leg: that waits for a person
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
25.0s  expect   event POSITION_MODE_CHANGED x1 severity CRITICAL
       expect   account-finding mode-switched saying "from one-way to hedge"
60.0s  expect   finding wrong-leg BTCUSDT waits next "on leg long, not on net"
       expect   finding orphan BTCUSDT/long waits next "a row on another leg says the same"
       expect   no finding phantom
5m     expect   row BTCUSDT long 0.5
       expect   no row BTCUSDT/long
       expect   event LEG_MISMATCH x1
       expect   event PHANTOM_POSITION_DETECTED x0
       ledger   closes BTCUSDT
+60s   expect   row BTCUSDT/long long 0.5
       expect   covered BTCUSDT/long
       expect   no account-finding mode-switched
