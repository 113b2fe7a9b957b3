story  a lease goes and comes while the answer to a write is slow: books that are faster are read once more, and everything goes on
rows   E16 E8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ledger   behind 600ms
       cancels  s1
+70ms  expect   sent stop ETHUSDT
       ledger   behind 0s
       lease    lost
       lease    held
+20s   expect   no gate main
       expect   intents settled
       expect   covered ETHUSDT
       expect   rests ETHUSDT 1
