story  the stop that is to come with an entry does not, and the venue is busy when another is placed: it is tried again until it is live
rows   S-154 E4
only   bybit

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
       next     stop refused -1008 x2
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
within 4s  expect  sent stop BTCUSDT x2
within 2s  expect  answer done
       expect   covered BTCUSDT at 58800
       expect   no event ROLLBACK_STARTED
