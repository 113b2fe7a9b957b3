story  placing a stop times out and it never arrived: after five seconds of denial it is placed again
rows   B-1 C-7 B-8

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       start
 4.0s  expect   sent stop BTCUSDT
       expect   finding naked BTCUSDT
within 8s  expect  covered BTCUSDT
       expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1
       expect   intents failed 1
