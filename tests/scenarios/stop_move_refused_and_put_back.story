story  the price comes through a stop that a person wants: the row is put back, the older stop stays, nothing is closed
rows   E4 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  next     stop refused -2021
       ask      stop BTCUSDT at 59900
within 1s  expect  answer failed "stays at 58800"
+1s    expect   row BTCUSDT stop 58800
       expect   covered BTCUSDT at 58800
+1m    expect   sent stop BTCUSDT x1
       expect   sent no close
       next     stop refused -1008 x3
       ask      stop BTCUSDT at 59900
within 5s  expect  answer failed "stays at 58800"
+10s   expect   row BTCUSDT stop 58800
       expect   rests BTCUSDT 1 at 58800
       next     stop refused -1008 x2
       ask      stop BTCUSDT at 59900
within 5s  expect  answer done "stop at 59900"
