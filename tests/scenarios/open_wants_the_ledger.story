story  the intent cannot be committed: nothing is sent, then or later
rows   C-5 E14

 0.0s  mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ledger   down
       ask      open BTCUSDT long 0.5 stop 58800
+100ms expect   answer failed nothing was sent
       ask      open BTCUSDT long 0.5 stop 58800
       expect   answer refused nothing was sent
+20s   ledger   up
+60s   expect   sent no entry
       expect   intents settled
       expect   gone BTCUSDT
