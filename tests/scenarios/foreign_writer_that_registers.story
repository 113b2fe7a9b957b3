story  a bot that writes to the ledger what its fills opened is a registered bot, not a stranger
rows   E16 S-188

policy grace 10s
 0.0s  start
 5.0s  trade    ADAUSDT buy 100 @ 0.9 order 881 client botty-1
 7.0s  ledger   ADAUSDT long 100 @ 0.9 opened 2s
       stop     b1 ADAUSDT 0.8 foreign
60.0s  expect   no account-finding foreign-writer
       expect   no event FOREIGN_ORDER
       trade    ADAUSDT sell 100 @ 0.95 client botty-2
+60s   expect   closed ADAUSDT reason external
       expect   no account-finding foreign-writer
