story  the engine ends while everything is under way: the stops stay, nothing more is sent, the next start finishes
rows   B-28 C-4 E1 S-184

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     b BTCUSDT 58800
       stop     e ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT 50%
+1ms   kill
+10m   expect   sent no cancel
       expect   sent close ETHUSDT x1
       expect   rests BTCUSDT 1 at 58800
       expect   rests ETHUSDT 1 at 2940
       start
+60s   expect   intents settled
       expect   row ETHUSDT long 5
       expect   covered ETHUSDT
       expect   covered BTCUSDT
       expect   sent close ETHUSDT x1
