story  the position mode is switched while nothing is held: it is told, and nothing waits for a person
rows   E11
only binance

 0.0s  start
 5.0s  mode     main hedge
       ask      resync
+1s    expect   event POSITION_MODE_CHANGED x1 severity WARNING
       expect   no account-finding mode-switched
