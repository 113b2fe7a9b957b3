story  a stop that was refused several times rests at last: the next refusal is the first again
rows   B-24

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop refused -9999 x4
       start
+60s   expect   covered BTCUSDT
       next     stop refused -9999 x1
       cancels  BTCUSDT
within 3s  expect  event STOP_REJECTED BTCUSDT x5
within 2s  expect  covered BTCUSDT
       expect   event STOP_REJECTED BTCUSDT x2 saying "try 1"
