story  killed between sending a stop and hearing of it: the restart asks what became of it, one stop rests
rows   S-095 C-4 E1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
+30ms  kill
+1s    expect   rests BTCUSDT 1
       expect   intents pending 1
       start
within 2s  expect  intents settled
+10s   expect   rests BTCUSDT 1 at 58800 of 0.5
       expect   sent stop BTCUSDT
       expect   sent find-stop BTCUSDT
