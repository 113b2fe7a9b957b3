story  an orphan is turned over and the stream tells nothing of it: what is there now has the whole grace to be registered
rows   S-194 S-038

policy autonomy auto grace 30s sync 10s
 0.0s  instrument DOGEUSDT
       start
 5.0s  trade    DOGEUSDT buy 1000 @ 0.38
25.0s  trade    DOGEUSDT sell 2000 @ 0.39 untold
50.0s  expect   no finding orphan DOGEUSDT
       expect   no event POSITION_ADOPTED
70.0s  expect   row DOGEUSDT short 1000
