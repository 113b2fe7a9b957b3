story  a bot books a position that never existed: a phantom, and the stream is not blamed for it
rows   S-015 S-077 S-081 S-089 E9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       instrument DOGEUSDT
       start
60.0s  ledger   DOGEUSDT long 1000 @ 0.38 opened 0s
within 32s  expect  finding phantom DOGEUSDT
within 20s  expect  closed DOGEUSDT reason unexplained by sync unpriced
       expect   sent no restream
       expect   no event STREAM_DOWN
