story  the price has run past a stop of ours that has not fired yet: it is not placed a second time
rows   E4 S-113

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  mark     BTCUSDT 58700
+1s    ask      resync
+3s    expect   sent no stop
       expect   rests BTCUSDT 1 at 58800
       expect   sent no close
