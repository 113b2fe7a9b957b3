story  the mark is through a stop of ours that the venue took: it is about to fire, and none is placed beside it
rows   S-113 S-007

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
10.0s  mark     BTCUSDT 58790
       ask      resync
+3s    expect   sent no stop
       expect   sent no close
       expect   rests BTCUSDT 1
