story  the older stop does not go at once after a move: the next move waits for it, and there are never three
rows   C-4 E4
only   binance

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  next     cancel refused -1008 x2
       mark     BTCUSDT 60900
+500ms expect   rests BTCUSDT 2
       mark     BTCUSDT 61500
+1s    expect   rests BTCUSDT 2
       expect   sent stop BTCUSDT x1
within 10s  expect  covered BTCUSDT at 61192.5
+3s    expect   rests BTCUSDT 1 at 61192.5
       expect   sent stop BTCUSDT x2
       expect   no event STOP_LOST
