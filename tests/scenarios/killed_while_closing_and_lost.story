story  the close never arrived before the kill: the restart says so, and protects instead of closing
rows   C-4 E1 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3050
       start    deaf
+30ms  stop     x BTCUSDT sell 1 1  only binance
 5.0s  next     close unsure-lost
       ask      close ETHUSDT
+5ms   kill
+1s    start
within 6s  expect  intents failed 1
+5s    expect   row ETHUSDT long 10
       expect   covered ETHUSDT
       expect   sent close ETHUSDT
       expect   no work ETHUSDT
