story  the holder is gone and the lease comes: books and venue are read afresh, then the engine acts
rows   E16

       policy   autonomy auto grace 1s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60500
       lease    standby
       start
10.0s  expect   nothing
       lease    held
within 1s  expect  covered BTCUSDT at 58800
       expect   no account-finding standby
       expect   no gate main
       expect   sent stop BTCUSDT x1
       expect   event LEASE_LOST x0
       expect   event POSITION_OPENED x0
       ask      close BTCUSDT
within 5s  expect  closed BTCUSDT
