story  dust that is added to can be traded again, dust that is sold is gone: each is told in its own words
rows   E12

policy autonomy observe
 0.0s  instrument DOGEUSDT step 1 min 10
       instrument ADAUSDT step 1 min 10
       both     DOGEUSDT long 4 @ 0.38 stop 0.371
       both     ADAUSDT long 4 @ 0.9 stop 0.8
       start
 5.0s  expect   finding dust DOGEUSDT waits
       expect   shown DOGEUSDT "the smallest market order 10"
       trade    DOGEUSDT buy 100 @ 0.38 trade 71
       trade    ADAUSDT sell 4 @ 0.9 trade 72
within 9s  expect  no finding dust
       expect   event POSITION_DUST DOGEUSDT x1 saying "large enough to be traded again"
       expect   event POSITION_DUST ADAUSDT x1 saying "what was left of it is gone"
