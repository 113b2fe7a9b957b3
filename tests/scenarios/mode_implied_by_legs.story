story  a leg that the known mode cannot have is a reason to ask for the mode
rows   E11
only binance

 0.0s  start
 5.0s  mode     main hedge
       trade    BTCUSDT/long buy 0.5 @ 60000
within 2s  expect  event POSITION_MODE_CHANGED x1
+60s   expect   event POSITION_MODE_CHANGED x1
