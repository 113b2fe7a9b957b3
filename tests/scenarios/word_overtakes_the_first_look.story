story  a process starts, and while its first look is out the stream tells of a position: its stop is not doubled
rows   B-6 E4 C-1

policy sync 10s
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       looks    take 2s
       start
 1.0s  stream   says ETHUSDT long 10 @ 3000
+30s   expect   sent no stop ETHUSDT
       expect   covered ETHUSDT at 2940
       expect   rests ETHUSDT 1
