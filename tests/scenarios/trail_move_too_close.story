story  the price falls back while a move is on its way: it is dropped, and only a better price brings the next; nothing is closed
rows   E4 C-4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  next     stop refused -2021 x9
       mark     BTCUSDT 60900
+1s    expect   sent stop BTCUSDT x1
       expect   trail BTCUSDT active best 60900 refused 1
       mark     BTCUSDT 60890
       mark     BTCUSDT 60900
+10s   expect   sent stop BTCUSDT x1
       expect   no event STOP_REJECTED
       expect   covered BTCUSDT at 58800
       mark     BTCUSDT 60901
+1s    expect   sent stop BTCUSDT x2
       mark     BTCUSDT 60902
+1s    mark     BTCUSDT 60903
+1s    mark     BTCUSDT 60904
+1s    mark     BTCUSDT 60905
+1s    mark     BTCUSDT 60906
+1s    mark     BTCUSDT 60907
+20s   expect   sent stop BTCUSDT x8
       expect   trail BTCUSDT moves 0 refused 8
       expect   sent no close
       expect   covered BTCUSDT at 58800
       expect   no event POSITION_NAKED
# A price that stays clear of it for long is as good as a better one.
within 12s  expect  sent stop BTCUSDT x9
within 31s  expect  covered BTCUSDT at 60602.465
+1s    expect   trail BTCUSDT moves 1 refused 9
