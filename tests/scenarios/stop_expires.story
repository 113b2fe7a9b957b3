story  the venue ends a stop by its own rules while the position is open: lost, and back within two seconds
rows   S-113 E4

 0.0s  both     BTCUSDT short 0.5 @ 60000 stop 61200
       stop     s1 BTCUSDT 61200
       start
10.0s  expires  s1
within 2s  expect  rests BTCUSDT 1 at 61200 of 0.5
       expect   event STOP_LOST BTCUSDT x1 saying "expired"
