story  the venue takes long to answer about fills: silence is believed after three answers, however long two have taken
rows   S-071 S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start    deaf
 5.0s  acts     take 12s
       venue    flat DOGEUSDT
       ask      resync
within 3m  expect  closed DOGEUSDT reason unexplained unpriced
       expect   sent history DOGEUSDT x3
