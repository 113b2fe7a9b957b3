story  history says all is closed, the look still shows a part: the venue is not asked without a pause
rows   C-1 E3 E8 A19.6

 0.0s  both     DOGEUSDT long 100 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start    deaf
10.0s  trade    DOGEUSDT sell 10 @ 0.39 untold
       fill     DOGEUSDT sell 90 @ 0.39
40.0s  expect   finding quantity DOGEUSDT
       expect   sent history DOGEUSDT x1
