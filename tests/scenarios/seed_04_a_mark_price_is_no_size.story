story  mark prices come without a size: the older bot took the missing size for zero and closed, here they are prices
rows   A19.4 S-118 S-123

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.30
       stop     a DOGEUSDT 0.30
       start
10.0s  mark     DOGEUSDT 0.385
+1s    mark     DOGEUSDT 0.386
+1s    mark     DOGEUSDT 0.384
+60s   expect   row DOGEUSDT long 40000
       expect   nothing
       expect   no findings
