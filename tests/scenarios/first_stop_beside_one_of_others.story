story  the first stop of ours beside one of others is told as placed: nothing was moved
rows   S-113 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     f1 BTCUSDT 58000 0.1 foreign
       mark     BTCUSDT 60000
       start
+5s    expect   event STOP_PLACED BTCUSDT x1 saying "at 58800 is live"
       expect   no event STOP_AMENDED
