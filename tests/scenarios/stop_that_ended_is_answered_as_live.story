story  a stop is asked for by its id, and ends before the answer comes that it rests: it does not rest again
rows   E4
only   binance

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  acts     take 1s
       orders   hide s1
within 40s  expect  sent find-stop BTCUSDT
+20ms  cancels  s1
+60ms  expect   naked BTCUSDT
+1s    expect   naked BTCUSDT
+20s   expect   event STOP_LOST BTCUSDT x1
