story  somebody buys the same while it is opened: ours is told apart, booked for what was filled, and said
rows   S-154 E16 A19.12

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry resting
       ask      open BTCUSDT long 0.5 stop 58800
+300ms trade    BTCUSDT buy 0.2 @ 60000
+300ms expect   work BTCUSDT VERIFYING
       matches  BTCUSDT
within 3s  expect  answer done the venue holds 0.7 there
       expect   sent entry BTCUSDT x1
       expect   sent no close BTCUSDT
       expect   covered BTCUSDT at 58800
