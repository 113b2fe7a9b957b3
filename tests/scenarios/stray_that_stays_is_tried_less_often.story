story  a stray stop cannot be taken away: it is tried less and less often, and never given up
rows   S-110 S-111
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     cancel refused -1008 x99
       ask      close ETHUSDT
+6s    expect   sent cancel x3
+54s   expect   sent cancel x13
