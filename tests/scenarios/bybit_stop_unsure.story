story  no answer to moving a stop: what the slot shows decides, the older one there is not taken for the new one
rows   C-4 C-5 E2 E4 E6 A7
only   bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  next     stop unsure-lost
       ledger   sets BTCUSDT stop 59200
+3s    expect   intents unknown 1
       expect   covered BTCUSDT at 58800
       expect   sent stop BTCUSDT x1
within 6s  expect  covered BTCUSDT at 59200
       expect   sent stop BTCUSDT x2
       expect   intents failed 1
       expect   event STOP_AMENDED BTCUSDT x1 saying "from 58800 to 59200"
40.0s  next     stop unsure-done
       ledger   sets BTCUSDT stop 59400
within 3s  expect  covered BTCUSDT at 59400
within 1s  expect  intents settled
       expect   sent stop BTCUSDT x3
       expect   event STOP_AMENDED BTCUSDT x2
       expect   rests BTCUSDT 1 at 59400
