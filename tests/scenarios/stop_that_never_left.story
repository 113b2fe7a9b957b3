story  a stop cannot be written to the connection: nobody refused it, and it goes again every two seconds
rows   S-113 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       next     stop refused 0 x2
       start
 1.9s  expect   sent stop BTCUSDT x1
       expect   no event STOP_REJECTED
within 3s  expect  covered BTCUSDT at 58800
       expect   sent stop BTCUSDT x3
