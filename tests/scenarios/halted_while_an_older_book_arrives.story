story  the ledger is read before a person halts the account and heard of after it: the halt stands
rows   E7 E16

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
20.0s  ledger   behind 900ms
       ledger   sets ETHUSDT stop 2930
+210ms ledger   behind 0ms
       ask      halt main because "looking"
+100ms expect   halted main
+900ms expect   halted main
