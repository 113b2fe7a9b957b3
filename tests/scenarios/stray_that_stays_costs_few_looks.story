story  between two tries to take a stray away nothing is looked at: the proof is made anew only when the next one is due
rows   S-110 S-183
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     cancel refused -1008 x99
       ask      close ETHUSDT
+1s    mark     ETHUSDT 3051
+2s    mark     ETHUSDT 3052
+2s    mark     ETHUSDT 3053
+6s    mark     ETHUSDT 3054
+13s   expect   sent look x11
