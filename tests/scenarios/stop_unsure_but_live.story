story  placing a stop times out although it rests: it is asked for and not placed again
rows   B-1 C-5 E6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-done
       start    deaf
within 5s  expect  covered BTCUSDT
10m    expect   sent stop BTCUSDT
       expect   rests BTCUSDT 1
       expect   intents settled
