story  the venue does not say whether a leg is open: it is asked quickly at first, and then more and more seldom
rows   S-183 B-9

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  looks    doubt BTCUSDT
       ask      resync
+1s    expect   sent look x4
+9s    expect   sent look x10
+50s   expect   sent look x20
