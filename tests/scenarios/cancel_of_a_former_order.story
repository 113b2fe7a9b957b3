story  the venue amends a stop and reports its former order as cancelled: the live one is not lost
rows   B-15 HOLE-4 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  amends   s1 58900
+200ms stream   says stop s1 cancelled former
+10ms  expect   covered BTCUSDT at 58900
+60s   expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       expect   sent no stop BTCUSDT
       expect   covered BTCUSDT at 58900
       expect   rests BTCUSDT 1
