story  an orphan is turned over by one trade: what is open now was opened then, and has the whole grace to be registered
rows   S-194 S-038

policy grace 30s sync 10s
 0.0s  instrument DOGEUSDT
       start
 5.0s  trade    DOGEUSDT buy 1000 @ 0.38
20.0s  trade    DOGEUSDT sell 2000 @ 0.39
49.0s  expect   no finding orphan DOGEUSDT
       expect   holds DOGEUSDT short 1000
51.0s  expect   finding orphan DOGEUSDT
