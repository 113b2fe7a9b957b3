story  taking a stray stop away fails, then times out: it stays a task until the venue says it is gone
rows   S-110 S-111 A19.15 B-2
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  next     cancel refused -1008 x2
       next     cancel unsure-lost x2
       next     cancel unsure-done
       trade    BTCUSDT sell 0.5 @ 60000
within 2s  expect  closed BTCUSDT
       expect   rests BTCUSDT 1
within 1s  expect  stray s1
1m     expect   rests BTCUSDT 0
       expect   event ORPHANED_SL_CLEANED BTCUSDT x1
       expect   sent cancel s1 x5
       expect   no stray s1
