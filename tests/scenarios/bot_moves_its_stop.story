story  a bot changes the row while it is being closed: the change is taken, nothing is overwritten
rows   S-038 S-204 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
10.0s  ledger   sets BTCUSDT stop 59000
within 2s  expect  sent stop BTCUSDT sell 0.5 @ 59000
within 1s  expect  rests BTCUSDT 1 at 59000
20.0s  ledger   sets BTCUSDT stop 59100
       trade    BTCUSDT sell 0.5 @ 61000
within 5s  expect  closed BTCUSDT at 61000 pnl 500
       expect   event POSITION_CLOSED BTCUSDT x1
