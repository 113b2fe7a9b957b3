story  the stop never arrived before the kill: the restart learns that and places it
rows   S-095 C-4 E1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       next     stop unsure-lost
       start    deaf
+30ms  kill
+1s    expect   rests BTCUSDT 0
       start
within 6s  expect  rests BTCUSDT 1 at 58800 of 0.5
       expect   intents failed 1
+5s    expect   intents settled
       expect   span BTCUSDT ended
