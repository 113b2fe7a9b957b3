story  the venue's request limit has a stop wait and says not for how long: it goes again after two seconds, not in the same moment
rows   S-113 E8

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       next     stop refused -1015
       start
 1.9s  expect   sent stop BTCUSDT x1
within 500ms  expect  sent stop BTCUSDT x2
       expect   no event STOP_REJECTED
within 1s  expect  covered BTCUSDT
