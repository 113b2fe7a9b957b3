story  symbols in different modes side by side: what closes on one says nothing of another's mode
rows   E11
only bybit

 0.0s  both     BTCPERP short 0.2 @ 90000 stop 91800
       both     GUNUSDT/long long 5000 @ 0.025 stop 0.0245
       both     GUNUSDT/short short 3000 @ 0.025 stop 0.0255
       start
 5.0s  expect   no finding
10.0s  trade    BTCPERP buy 0.2 @ 89000 trade 7
within 3s  expect  closed BTCPERP at 89000
       ask      resync
+60s   expect   no event POSITION_MODE_CHANGED
       expect   no event LEG_MISMATCH
       expect   no finding
