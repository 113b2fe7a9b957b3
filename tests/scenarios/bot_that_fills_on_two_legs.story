story  a bot opens two legs and registers the first: a later fill does not make it forget the one before
rows   E16 S-188

policy grace 10s
 0.0s  start
 5.0s  trade    ADAUSDT buy 100 @ 0.9 order 881 client botty-1
 6.0s  trade    XRPUSDT buy 50 @ 2 order 882 client botty-2
 7.0s  ledger   ADAUSDT long 100 @ 0.9 opened 2s
       stop     b1 ADAUSDT 0.8 foreign
60.0s  expect   no account-finding foreign-writer
       expect   no event FOREIGN_ORDER
