story  the ledger is locked while a position ends: the row is closed once, when it opens
rows   S-038 S-084 E14

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  ledger   down
       trade    BTCUSDT sell 0.5 @ 61000
1m     expect   row BTCUSDT long 0.5
       expect   fault
       ledger   up
within 3s  expect  closed BTCUSDT at 61000 pnl 500 by stream
+5s    expect   event PHANTOM_POSITION_CLOSED BTCUSDT x1
       expect   rests BTCUSDT 0
       expect   no fault
