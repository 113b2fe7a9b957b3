story  the venue says that a stop's id is taken: it is asked for by that id before another one is sent
rows   S-111 E6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       next     stop refused -4116
       start
within 2s  expect  sent find-stop BTCUSDT x1
       expect   sent stop BTCUSDT x1
       expect   no event STOP_REJECTED
+3s    expect   sent stop BTCUSDT x1
within 5s  expect  covered BTCUSDT at 58800
       expect   sent stop BTCUSDT x2
       expect   intents failed 1
