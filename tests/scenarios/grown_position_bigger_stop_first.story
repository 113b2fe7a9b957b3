story  a position grows: the bigger stop is live before the smaller one goes, and the row follows
rows   S-113 E4 A19.5
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.5
       mark     BTCUSDT 60100
       start
20.0s  trade    BTCUSDT buy 0.3 @ 60200
within 100ms  expect  partly BTCUSDT 0.5
within 1s  expect  sent stop BTCUSDT sell 0.8 @ 58800
       expect   sent no cancel
within 1s  expect  sent cancel s1
within 4s  expect  row BTCUSDT long 0.8 @ 60075
+30s   expect   rests BTCUSDT 1 at 58800 of 0.8
       expect   no findings
       expect   event STOP_AMENDED BTCUSDT x1
       expect   event STOP_LOST x0
       expect   span BTCUSDT ended
