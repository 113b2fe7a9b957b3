story  a stop is moved twice in the same moment: it is moved from where ours is, and the second word waits for the row
rows   C-6 E4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     f1 BTCUSDT 59700 foreign
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT at 59400
       expect   answer accepted "from 58800 to 59400"
       ask      stop BTCUSDT at 59300
       expect   answer refused "is being written, try again"
+5s    expect   row BTCUSDT stop 59400
