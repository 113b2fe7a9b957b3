story  one symbol's mode is switched under its row: that row waits for a person, the others do not
rows   E11 B-23
only bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 2 @ 3000 stop 2940
       start
20.0s  venue    flat BTCUSDT
       venue    BTCUSDT/long long 0.5 @ 60000 opened 1s
       ask      resync
25.0s  expect   event POSITION_MODE_CHANGED x1 severity CRITICAL
       expect   account-finding mode-switched saying "BTCUSDT"
60.0s  expect   finding wrong-leg BTCUSDT waits next "on leg long, not on net"
       expect   no finding phantom
       expect   row BTCUSDT long 0.5
       expect   row ETHUSDT long 2
       expect   no finding naked ETHUSDT
       ledger   closes BTCUSDT
+60s   expect   no account-finding mode-switched
