story  the position is closed in the middle of a move of its stop: nothing is left, and it is told once
rows   S-114 E6 E7 C-4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
+5ms  trade    BTCUSDT sell 0.5 @ 60900
within 5s  expect  closed BTCUSDT at 60900 pnl 450 reason external
+15s   expect   rests BTCUSDT 0
       expect   no kept BTCUSDT
       expect   event TRAILING_STOP_REMOVED x1
       expect   intents settled
       expect   sent no close
       expect   gone BTCUSDT
       expect   no event POSITION_NAKED
