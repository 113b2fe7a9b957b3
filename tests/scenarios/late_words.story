story  the stream is three seconds late: looks find the close first, and the late words change nothing
rows   S-131 S-132 S-144 S-023

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
       stream   late 3s
28.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
within 6s  expect  closed DOGEUSDT at 0.39 pnl 400 priced
1m     expect   rows open 0 closed 1
       expect   rests DOGEUSDT 0
       expect   no finding DOGEUSDT
