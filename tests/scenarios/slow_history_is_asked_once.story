story  the history is slow, and looks come and go meanwhile: it is asked once until it answers
rows   S-183 B-9

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
 5.0s  acts     take 4s
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71 untold
       ask      resync
+1s    ask      resync
+1s    ask      resync
+1s    expect   sent history DOGEUSDT x1
within 20s  expect  closed DOGEUSDT at 0.39
