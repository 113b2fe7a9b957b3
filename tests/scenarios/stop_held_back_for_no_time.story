story  the venue has no room for a stop and names an instant that is over: it is not sent again in the same moment
rows   S-113

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60000
       start
10.0s  next     stop held 1ms
       ask      protect BTCUSDT
+80ms  expect   sent stop BTCUSDT x1
within 1s  expect  covered BTCUSDT
       expect   sent stop BTCUSDT x2
