story  after a restart the venue cannot say what became of an intent: nothing new is sent until it can
rows   C-4 C-7 E1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       start    deaf
+30ms  kill
+1s    finds    fail
       start
+20s   expect   sent stop BTCUSDT
       expect   finding naked BTCUSDT
       finds    ok
within 4s  expect  rests BTCUSDT 1
       expect   sent stop BTCUSDT x2
