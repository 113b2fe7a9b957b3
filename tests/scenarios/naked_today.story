story  each naked span is told at both ends with its seconds, and added up for the day
rows   S-113 E4

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  cancels  s1
+10.3s  mark     ETHUSDT 3000
       expect   naked-today ETHUSDT spans 1 total 10.3s worst 10.3s now
       expect   naked-today main spans 1 total 10.3s now
       expect   alone ETHUSDT "NOTHING covers 10"
       ask      protect ETHUSDT
within 2s  expect  covered ETHUSDT
       expect   event POSITION_COVERED ETHUSDT x1 saying "covered again after 0:10"
       expect   naked-today ETHUSDT spans 1 total 10.3s worst 10.3s
       expect   alone ETHUSDT "a stop at 2940 covers all of 10" "-600 if it fires"
+20s   cancels  ETHUSDT
+4s    ask      protect ETHUSDT
within 2s  expect  covered ETHUSDT
       expect   naked-today ETHUSDT spans 2 total 14.3s worst 10.3s
       expect   event POSITION_NAKED ETHUSDT x2
       expect   event POSITION_COVERED ETHUSDT x2
       expect   event POSITION_COVERED saying "0:14 in all today"
       expect   span ETHUSDT ended x2
