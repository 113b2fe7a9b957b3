story  a note that the ledger lost is written before what came after it, which it took
rows   E7 C-5

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       start
 5.0s  acts     take 500ms
       ledger   behind 1s
       ledger   down
       cancels  a
+200ms ledger   up
within 3s  expect  covered AAAUSDT at 2940
+5s    expect   no fault
       expect   intents settled
       expect   intents done 1
       expect   orders AAAUSDT live 1
       expect   span AAAUSDT ended x1
