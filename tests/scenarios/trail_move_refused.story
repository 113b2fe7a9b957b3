story  the venue refuses a move: the older stop stays, the move is tried again with longer waits, and nothing is called naked
rows   E4 C-4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  next     stop refused -1008 x2
       mark     BTCUSDT 60900
+500ms expect   trail BTCUSDT active refused 1 moves 0
       expect   covered BTCUSDT at 58800
       expect   event STOP_REJECTED BTCUSDT x1 severity WARNING
# A better price meanwhile brings no order of its own.
       mark     BTCUSDT 61000
+400ms expect   sent stop BTCUSDT x1
+300ms expect   sent stop BTCUSDT x2
       expect   sent stop BTCUSDT sell 0.5 @ 60695
+1500ms expect  trail BTCUSDT refused 2
       expect   sent stop BTCUSDT x2
within 1s  expect  covered BTCUSDT at 60695
+1s    expect   trail BTCUSDT moves 1 refused 2
       expect   rests BTCUSDT 1 at 60695
       expect   event STOP_REJECTED x1
       expect   no event POSITION_NAKED
       expect   intents settled
       expect   intents failed 2
