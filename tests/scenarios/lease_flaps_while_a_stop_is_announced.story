story  books that were read before the last intent was written say nothing of it: they are read once more
rows   E16 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ledger   behind 600ms
       ledger   sets ETHUSDT stop 2930
       acts     take 500ms
+260ms cancels  s1
+150ms expect   sent stop ETHUSDT
       expect   intents pending 1
       lease    lost
       lease    held
+60s   expect   intents settled
       expect   covered ETHUSDT
       expect   rests ETHUSDT 1
