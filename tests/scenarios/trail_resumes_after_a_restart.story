story  a restart goes on from the best price that is on record, and the stop never moves back
rows   C-6 A7

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 61000
within 1s  expect  covered BTCUSDT at 60695
+2s    kill
+5s    mark     BTCUSDT 60800
       start
+5s    expect   trail BTCUSDT active best 61000 stop 60695 moves 0
       expect   covered BTCUSDT at 60695
       expect   sent stop BTCUSDT x1
       expect   event TRAILING_STOP_ACTIVATED x1
       mark     BTCUSDT 60990
+1s    expect   trail BTCUSDT best 61000
       mark     BTCUSDT 61100
within 1s  expect  covered BTCUSDT at 60794.5
+1s    expect   trail BTCUSDT moves 1
       expect   rests BTCUSDT 1 at 60794.5
       restart
+5s    mark     BTCUSDT 60790
       fires    BTCUSDT @ 60790
within 2s  expect  closed BTCUSDT reason trailing_stop
       expect   event TRAILING_STOP_REMOVED x1
