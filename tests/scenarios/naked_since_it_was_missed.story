story  a stop is taken away untold: once the venue's denial is believed, the leg was naked since it was first missed
rows   S-113 E4

policy autonomy observe
policy sync 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 3.0s  cancels  s1 untold
15.0s  mark     BTCUSDT 60000
       expect   event STOP_LOST BTCUSDT x1
       expect   span BTCUSDT open x1
       expect   naked-today BTCUSDT spans 1 total 9.9s now
