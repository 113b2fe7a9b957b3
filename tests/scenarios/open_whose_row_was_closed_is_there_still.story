story  killed before an open was proven, its row closed by another program meanwhile, and the first look misses the position: it is booked once it is seen, not given up
rows   S-167 E1 HOLE-6
only   binance

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     stop unsure-lost x2
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+500ms expect   row BTCUSDT long 0.5
       kill
+5s    ledger   closes BTCUSDT
       looks    empty
       start    deaf
within 5s  expect  row BTCUSDT long 0.5 @ 60000 stop 58800
within 20s  expect  covered BTCUSDT at 58800
       expect   sent entry x1
