story  a program is told of as a stranger and registers what it opened: it is none from that moment
rows   E16 S-188

policy grace 10s
 0.0s  start
 5.0s  trade    ADAUSDT buy 100 @ 0.9 order 881 client botty-1
       stop     b1 ADAUSDT 0.8 foreign
16.0s  expect   account-finding foreign-writer saying botty
       policy   autonomy observe
20.0s  ledger   ADAUSDT long 100 @ 0.9 opened 15s
+100ms expect   no account-finding foreign-writer
