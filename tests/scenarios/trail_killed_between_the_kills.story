story  killed again and again between the new stop and the older one: never both for long, never none
rows   C-4 A7 E4 E6
only   binance

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
+15ms  kill
       expect   rests BTCUSDT 2
+1s    start
+5ms   kill
       start
+40ms  kill
+1s    start
+90ms  kill
       start
within 3s  expect  covered BTCUSDT at 60595.5
+8s    expect   rests BTCUSDT 1 at 60595.5
       expect   sent stop BTCUSDT x1
       expect   orders BTCUSDT live 1
