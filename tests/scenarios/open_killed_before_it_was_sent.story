story  killed between the intent and the entry: the restart asks, is told no, and sends nothing
rows   S-167 E1 E6

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+1ms   kill
+2s    start
+8s    mark     BTCUSDT 60000
       ask      open BTCUSDT long 0.5 stop 58800
+20s   expect   intents settled
       expect   sent entry BTCUSDT x1
       expect   holds BTCUSDT long 0.5
       expect   covered BTCUSDT at 58800
