story  a stop on its way is work that goes on; refused it is work that fails until it is live
rows   S-113 C-3

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       acts     take 400ms
       next     stop refused -1008 x2
       start
+200ms expect   work BTCUSDT PROTECTING going
+500ms expect   work BTCUSDT PROTECTING failing
within 10s  expect  no work BTCUSDT
       expect   covered BTCUSDT at 58800
