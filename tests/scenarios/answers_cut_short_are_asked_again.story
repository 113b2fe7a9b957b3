story  questions are not asked twice at once, and an answer that never ends is not waited for in the dark
rows   B-5 B-11 S-196

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
10.0s  looks    take 20s
       ask      resync
       ask      resync
+100ms ask      resync
+5s    expect   sent look x2
25.0s  looks    ok
1m     expect   known
