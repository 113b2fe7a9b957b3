story  the venue answers that a stop is there, and shows the one it had: that is no success, it is asked for until a denial is believed
rows   S-113 E4
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58000
       mark     BTCUSDT 60000
       next     stop kept
       start
 1.0s  expect   sent stop BTCUSDT x1
       expect   intents unknown 1
within 10s  expect  sent stop BTCUSDT x2
within 1s  expect  covered BTCUSDT at 58800
       expect   intents failed 1
       expect   rests BTCUSDT 1 at 58800
