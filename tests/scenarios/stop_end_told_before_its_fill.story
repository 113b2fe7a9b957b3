story  the zero and the end of a stop are told before the fill they come from: one close, its cause is the stop
rows   B-14 S-044 S-132

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
10.0s  fires    c22 trade 71 fee 6 untold
       stream   says DOGEUSDT zero
+150ms stream   says stop c22 finished
+500ms stream   says fill DOGEUSDT sell 40000 @ 0.371 trade 71 fee 6 origin stop
+2s    expect   closed DOGEUSDT at 0.371 pnl -366 reason stop_loss by stream evidence 71
+20s   expect   event POSITION_CLOSED DOGEUSDT x1
       expect   no event STOP_LOST
       expect   no event PHANTOM_POSITION_DETECTED
       expect   rows open 0 closed 1
