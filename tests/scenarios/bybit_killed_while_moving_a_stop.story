story  killed between sending a stop and its answer: after the start the slot tells which one is there
rows   C-4 E1 E6 A7
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       start
10.0s  next     stop unsure-lost
       ledger   sets BTCUSDT stop 59200
+115ms kill
+1s    ledger   sets ETHUSDT stop 2950
       start
+40ms  kill
+1s    expect   intents pending 2
       start
within 1s  expect  intents settled
       expect   intents failed 1
within 2s  expect  covered BTCUSDT at 59200
       expect   covered ETHUSDT at 2950
       expect   orders ETHUSDT live 1
       expect   rests BTCUSDT 1
       expect   rests ETHUSDT 1
