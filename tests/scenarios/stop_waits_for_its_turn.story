story  a stop that our own request limit holds back is no refusal: nobody is alarmed, nothing is counted, it goes in its turn
rows   S-113 C-6 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000
       both     ETHUSDT long 10 @ 3000
       policy   on_breach close
       next     stop held 3s x2
       start
 1.0s  expect   no event STOP_REJECTED
       expect   finding naked BTCUSDT next "waits for the venue's request limit until 02:40:03Z"
       expect   sent stop BTCUSDT x1
 2.9s  expect   sent stop BTCUSDT x1
within 1s  expect  covered BTCUSDT
       expect   covered ETHUSDT
       expect   sent stop BTCUSDT x2
       expect   no event STOP_REJECTED
# However often it is held back, the price is not called through the stop.
20.0s  next     stop held 1s x12
       cancels  BTCUSDT
+12.5s expect   sent no close BTCUSDT
       expect   no event STOP_REJECTED
within 3s  expect  covered BTCUSDT
