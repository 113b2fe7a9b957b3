story  the stop on a position ends although the position stays: cancelled it is lost at once, cleared it is lost when no zero follows
rows   A7 B-7 E4
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       start
20.0s  cancels  s1
within 100ms  expect  event STOP_LOST BTCUSDT x1 saying "by somebody else"
within 2s  expect  covered BTCUSDT at 58800
30.0s  expires  s2
+1s    expect   no event STOP_LOST ETHUSDT
within 1s  expect  event STOP_LOST ETHUSDT x1
within 2s  expect  covered ETHUSDT at 2940
       expect   event STOP_LOST x2
