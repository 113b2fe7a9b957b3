story  two bad minutes with a trailing stop: the position is gone, prices go on, and no stop is moved on the dead
rows   S-130 S-114 A19.5

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     PROMPTUSDT long 65 @ 0.095 stop 0.0931
       stop     s1 PROMPTUSDT 0.0931
       mark     PROMPTUSDT 0.0952
       start
       stream   late 73s
 5.0s  mark     PROMPTUSDT 0.0966
within 1s  expect  covered PROMPTUSDT at 0.09612
29.0s  trade    PROMPTUSDT sell 65 @ 0.0966 trade 5
within 2s  expect  finding phantom PROMPTUSDT
       mark     PROMPTUSDT 0.0972
+500ms mark     PROMPTUSDT 0.0980
within 5s  expect  closed PROMPTUSDT at 0.0966 reason external priced
       mark     PROMPTUSDT 0.0990
5m     expect   sent stop PROMPTUSDT x1
       expect   event TRAILING_STOP_REMOVED PROMPTUSDT x1
       expect   no kept PROMPTUSDT
       expect   rests PROMPTUSDT 0
       expect   no trail PROMPTUSDT
