story  the venue denies a stop whose answer was lost: after five seconds of denial, not more, it is placed again
rows   B-1 C-7 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       start
 6.0s  expect   covered BTCUSDT
       expect   sent stop BTCUSDT x2
       expect   rests BTCUSDT 1
       expect   intents failed 1
