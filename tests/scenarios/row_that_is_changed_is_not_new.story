story  a bot changes a row that is known: that is no other position, and nothing is told to have opened
rows   S-071 E16

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  ledger   sets BTCUSDT stop 59000
within 5s  expect  covered BTCUSDT at 59000
       expect   no event POSITION_OPENED
       expect   no event POSITION_CLOSED
