story  the end of a stop that was replaced is told late and twice: it says nothing of the live one
rows   B-15 E4
only   binance

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
within 1s  expect  covered BTCUSDT at 60595.5
+2s    stream   says stop s1 cancelled
+2s    stream   says stop s1 cancelled
+10s   expect   covered BTCUSDT at 60595.5
       expect   no event STOP_LOST
       expect   sent stop BTCUSDT x1
