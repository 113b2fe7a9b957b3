story  better prices while a move is on its way wait for it, and the best of them is taken
rows   C-4 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  acts     take 300ms
       mark     BTCUSDT 60900
+50ms  mark     BTCUSDT 61000
+50ms  mark     BTCUSDT 61100
+50ms  mark     BTCUSDT 61200
+50ms  mark     BTCUSDT 61150
       expect   sent stop BTCUSDT x1
within 3s  expect  covered BTCUSDT at 60894
+2s    expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1 at 60894
       expect   trail BTCUSDT moves 2
