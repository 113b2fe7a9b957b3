story  a word and a look show a leg that the mode cannot have, and the venue says that the mode is as it was: nothing was switched
rows   E11
only binance

 0.0s  start
 5.0s  trade    BTCUSDT/long buy 0.5 @ 60000
+10s   expect   no event POSITION_MODE_CHANGED
