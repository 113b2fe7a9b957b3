story  the question about a missing stop takes long: it is asked once, however often the leg is looked at meanwhile
rows   B-6 E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
10.0s  orders   hide s1
       acts     take 4s
       ask      resync
+1s    ask      resync
+1s    ask      resync
+1s    expect   sent find-stop BTCUSDT x1
       orders   show s1
within 9s  expect  covered BTCUSDT
       expect   sent no stop
