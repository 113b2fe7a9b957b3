story  the ledger is locked: a lost stop is back all the same, and everything is written when it opens
rows   S-110 E14 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  ledger   down
       cancels  s1
within 2s  expect  rests BTCUSDT 1 at 58800 of 0.5
       expect   fault
       expect   no event STOP_LOST
       expect   intents settled
1m     ledger   up
within 3s  expect  event STOP_LOST BTCUSDT x1
       expect   event STOP_PLACED BTCUSDT x1
       expect   event POSITION_COVERED BTCUSDT x1
       expect   intents done 1
+2s    expect   no fault
       expect   span BTCUSDT ended
       expect   sent stop BTCUSDT
