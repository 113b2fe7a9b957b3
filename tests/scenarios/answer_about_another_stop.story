story  asked about one stop the venue answers about another: that is no answer
rows   B-11 E3

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     e1 ETHUSDT 2940
       start
 1.0s  expect   covered BTCUSDT at 58800
10.0s  next     stop unsure-lost
       finds    other e1
       cancels  BTCUSDT
+20s   expect   naked BTCUSDT
       expect   intents unknown 1
       finds    ok
within 12s  expect  covered BTCUSDT at 58800
       expect   intents settled
       expect   covered ETHUSDT at 2940
