story  the order lists go on failing: they are asked for less and less often, and at once when they answer
rows   B-10 S-204

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  orders   fail
       ask      resync
+25s   expect   sent look x5
