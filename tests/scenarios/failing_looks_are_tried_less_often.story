story  looks go on failing: they are tried less and less often, and never more seldom than the regular ones
rows   B-10 S-183

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  looks    fail
       ask      resync
+5s    expect   sent look x3
+20s   expect   sent look x5
+120s  expect   sent look x9
