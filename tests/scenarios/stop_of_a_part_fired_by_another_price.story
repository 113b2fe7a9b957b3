story  a stop of ours covers a part and another price fires it: the one in its place covers that part and no more
rows   E4 C-8
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       mark     ETHUSDT 3000
       stop     f1 ETHUSDT 2950 4 foreign
       stop     s1 ETHUSDT 2950 6 by-last
       start
within 3s  expect  sent stop ETHUSDT sell 6 @ 2940 x1
+5s    expect   covered ETHUSDT at 2940
+21m   expect   sent stop ETHUSDT x1
