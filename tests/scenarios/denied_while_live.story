story  the venue took a stop, then for some seconds neither lists nor knows it: no second one is stacked on it
rows   B-6 B-7 C-1 E4 E5

policy sync 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 3.0s  orders   hide s1
       finds    deny 3
+4s    orders   show s1
+60s   expect   sent no stop BTCUSDT
       expect   no event STOP_LOST
       expect   no event POSITION_NAKED
       expect   rests BTCUSDT 1
       finds    deny 100
       cancels  s1 untold
within 15s  expect  event STOP_LOST BTCUSDT x1
within 1s  expect  covered BTCUSDT
