story  there is room again before the answer that there was none is here: what was not sent goes again, but not in the same moment
rows   E6 E7 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close held 10ms x9
       ask      close ETHUSDT
+500ms expect   sent close ETHUSDT x5
within 3s  expect  closed ETHUSDT reason manual
