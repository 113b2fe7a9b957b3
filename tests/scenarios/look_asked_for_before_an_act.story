story  a look was asked for before a stop was moved and answers after it: its lists are not held against the new stop
rows   E5 B-6
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start    deaf
28.0s  looks    take 3s
       looks    old 1
31.0s  ask      stop BTCUSDT at 59000
within 1s  expect  rests BTCUSDT 1 at 59000
+5s    expect   covered BTCUSDT at 59000
       expect   sent no find-stop
       expect   sent stop BTCUSDT x1
