story  the entry never reached the venue and somebody else buys a part of as much: none of it is called ours
rows   S-153 E6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  next     entry unsure-lost
       ask      open BTCUSDT long 0.5 stop 58800
+1s    trade    BTCUSDT buy 0.2 @ 60010 trade 71 client web_abc
within 8s  expect  answer failed "never reached"
       expect   sent no close
       expect   no event ROLLBACK_STARTED
       expect   no row BTCUSDT
       expect   holds BTCUSDT long 0.2
