story  a refusal because of the position mode is a reason to read it again
rows   E11
only binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
 1.0s  cancels  BTCUSDT untold
       mode     main hedge
       next     stop refused -4061
within 40s  expect  event POSITION_MODE_CHANGED x1 severity CRITICAL
       expect   row BTCUSDT long 0.5
