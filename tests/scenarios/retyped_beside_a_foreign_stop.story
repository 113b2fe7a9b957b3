story  somebody else's stop covers a part, and ours that the wrong price fires the rest: as much as ours covered is put anew
rows   E4 C-8
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     f1 ETHUSDT 2950 4 foreign
       stop     s1 ETHUSDT 2950 6 by-last
       start
+5s    expect   sent stop ETHUSDT sell 6 x1
       expect   covered ETHUSDT
       expect   sent no close
