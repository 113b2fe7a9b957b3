story  after a restart nobody can say what became of a stop: none is stacked on it, and the leg says why it waits
rows   C-4 C-7 HOLE-5 E1 E4

# hummingbot-api#243: after a crash what was under way was marked cleaned up, the position stayed bare.
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       finds    fail
       next     stop unsure-done
       start
 1.0s  kill
+1s    start
+60s   expect   sent stop BTCUSDT x1
       expect   rests BTCUSDT 1
       expect   covered BTCUSDT
       finds    ok
within 5s  expect  intents settled
+30s   expect   sent stop BTCUSDT x1
