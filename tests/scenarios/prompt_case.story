story  two bad minutes: the position is gone, the stream is 73 s late, the stop is not moved on the dead
rows   S-118 S-120 S-121 S-122 S-130 S-145 S-147 S-148 A19.5

 0.0s  both     PROMPTUSDT long 65 @ 0.095 stop 0.0935
       stop     s1 PROMPTUSDT 0.0935
       start
       stream   late 73s
20.0s  fires    s1 @ 0.0934 trade 5
within 11s  expect  finding phantom PROMPTUSDT
within 4s  expect  closed PROMPTUSDT at 0.0934 reason stop_loss by sync priced evidence 5
5m     expect   sent no stop
       expect   sent no cancel
       expect   rests PROMPTUSDT 0
       expect   rows open 0 closed 1
       expect   no event ORPHANED_POSITION_DETECTED
