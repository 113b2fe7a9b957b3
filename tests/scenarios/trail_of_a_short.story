story  the stop of a short waits below its entry and follows the price down
rows   S-045 C-6

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT short 0.5 @ 60000 stop 61200
       stop     s1 BTCUSDT 61200
       mark     BTCUSDT 60000
       start
 5.0s  mark     BTCUSDT 59100.1
       expect   trail BTCUSDT waiting arm 59100
       mark     BTCUSDT 59100
within 1s  expect  covered BTCUSDT at 59395.5
       mark     BTCUSDT 59050
+1s    expect   trail BTCUSDT active best 59050 moves 1
       mark     BTCUSDT 58000
within 1s  expect  covered BTCUSDT at 58290
+1s    expect   rests BTCUSDT 1 at 58290
       mark     BTCUSDT 58280
       expect   sent stop BTCUSDT x2
       fires    BTCUSDT @ 58295
within 2s  expect  closed BTCUSDT at 58295 reason trailing_stop
