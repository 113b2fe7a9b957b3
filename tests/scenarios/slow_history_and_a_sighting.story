story  while the history is slow the position is sighted once more and gone again: no second question leaves meanwhile
rows   S-183 B-9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 undated
       start    deaf
 5.0s  acts     take 4s
       venue    flat DOGEUSDT
       ask      resync
+1s    venue    DOGEUSDT long 40000 @ 0.38 undated
       ask      resync
+1s    venue    flat DOGEUSDT
       ask      resync
+1s    expect   sent history DOGEUSDT x1
