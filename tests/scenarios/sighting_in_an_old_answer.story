story  a look that settles nothing shows what an empty one denied: it is not called flat meanwhile
rows   B-12 C-2 E3

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       start
10.0s  looks    empty 1
       ask      resync
+1s    looks    take 800ms
       ask      resync
+100ms stream   says fill DOGEUSDT sell 1 @ 0.39 trade 7
+2s    expect   row DOGEUSDT long 40000
+1m    expect   rows open 1 closed 0
