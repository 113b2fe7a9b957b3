story  somebody sells twice what is held while a close of ours is out: what is left is adopted by nobody before that has ended
rows   S-197 E2 B-21

policy autonomy auto grace 5s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       mark     DOGEUSDT 0.39
       start
20.0s  next     close held 20s
       ask      close DOGEUSDT
+1s    trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
+2s    expect   holds DOGEUSDT short 10000
       expect   no event POSITION_ADOPTED
       expect   no row DOGEUSDT
