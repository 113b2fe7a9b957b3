story  a person moves a stop and the lists of orders fail for minutes: it is waited for, and told once they are read
rows   E4 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 61000
       start
10.0s  orders   fail 1000
       ask      stop BTCUSDT at 59500
+2m    expect   rests BTCUSDT 1 at 59500
       expect   answer accepted
       orders   fail 0
+1m    expect   answer done
       expect   covered BTCUSDT at 59500
       expect   no findings
