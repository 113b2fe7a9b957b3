story  a leg that was naked before a restart is naked again after it: both spans are of this day
rows   S-113 E4

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3000
       start
 5.0s  cancels  s1
+10s   ask      protect ETHUSDT
within 2s  expect  covered ETHUSDT
+5s    restart
+20s   expect   naked-today ETHUSDT spans 1
       cancels  ETHUSDT
+5s    mark     ETHUSDT 3001
       expect   naked-today ETHUSDT spans 2 total 15s worst 10s now
