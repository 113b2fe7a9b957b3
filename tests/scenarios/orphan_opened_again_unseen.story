story  an orphan is closed and as much of it opened again, unseen: where the venue says since when it is open, that counts
rows   S-194 S-038
only   bybit

policy grace 30s sync 10s
 0.0s  instrument DOGEUSDT
       start
 5.0s  trade    DOGEUSDT buy 1000 @ 0.38
20.0s  trade    DOGEUSDT sell 1000 @ 0.39 untold
       trade    DOGEUSDT buy 1000 @ 0.40 untold
49.0s  expect   no finding orphan DOGEUSDT
       expect   counters venue 1 orphans 1
51.0s  expect   finding orphan DOGEUSDT
