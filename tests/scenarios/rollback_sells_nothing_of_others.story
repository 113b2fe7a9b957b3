story  an entry that nobody can ask about is taken back while somebody else buys: what is theirs is not sold
rows   S-174 E6

 0.0s  mark     AVLUSDT 0.2
       start
 1.0s  mark     AVLUSDT 0.2
       next     entry unsure-lost
       finds    fail
 5.0s  ask      open AVLUSDT long 86 stop 5%
+6s    trade    AVLUSDT buy 40 @ 0.2 trade 71 client web_abc
+1s    finds    deny
within 30s  expect  answer failed
       expect   holds AVLUSDT long 40
       expect   sent no close
