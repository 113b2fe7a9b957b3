story  every question about an unsure stop fails for ten minutes: it is not called refused, and not sent again
rows   HOLE-5 B-1 B-8 C-5

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       finds    fail
       orders   fail
       start
 1.0s  expect   unguarded BTCUSDT
       expect   sent no stop BTCUSDT
       orders   ok
       next     stop unsure-lost
       ask      resync
+10m   expect   sent stop BTCUSDT x1
       expect   intents unknown 1
       expect   naked BTCUSDT
       expect   event POSITION_NAKED BTCUSDT severity CRITICAL
       finds    ok
within 6s  expect  covered BTCUSDT
       expect   sent stop BTCUSDT x2
       expect   intents settled
