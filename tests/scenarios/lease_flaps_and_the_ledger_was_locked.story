story  the ledger was locked when a stop was announced, and the lease came anew before that was known: what it could not take goes with the old lease
rows   E16 E8 S-110

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ledger   behind 600ms
       ledger   down
       acts     take 500ms
       cancels  s1
+60ms  expect   sent stop ETHUSDT
       ledger   up
       lease    held
+3s    expect   intents pending 0
+20s   expect   intents settled
       expect   covered ETHUSDT
       expect   rests ETHUSDT 1
