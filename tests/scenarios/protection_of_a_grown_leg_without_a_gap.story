story  a position is scaled in three times: at no moment less is covered than before, and one stop is left
rows   E12 E4 C-8

# go-trader#873, #877, #882: a scale-in resized the stop through a gap.
 0.0s  both     BTCUSDT long 0.1 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
10.0s  trade    BTCUSDT buy 0.1 @ 60100 trade 1
+500ms trade    BTCUSDT buy 0.1 @ 60200 trade 2
+500ms trade    BTCUSDT buy 0.1 @ 60300 trade 3
+10s   expect   covered BTCUSDT
       expect   rests BTCUSDT 1 at 58800
       expect   row BTCUSDT long 0.4
       expect   no event STOP_LOST
