story  the ledger refuses what was written under a lease that came and went since: its events are kept, its intent is not
rows   E16 E8 S-110

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ledger   behind 600ms
       ledger   refuses events
       cancels  s1
+100ms expect   sent stop ETHUSDT x1
       lease    lost
       ledger   takes
+200ms lease    held
+2s    expect   intents done 0
       expect   intents settled
       expect   event STOP_PLACED ETHUSDT x1
       expect   event STOP_LOST ETHUSDT x1
+60s   expect   covered ETHUSDT
       expect   rests ETHUSDT 1
