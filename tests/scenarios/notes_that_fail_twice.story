story  notes that failed are tried again in the order they were made, in whatever order their failures are heard
rows   E7 C-5

 0.0s  both     AAAUSDT long 10 @ 3000 stop 2940
       stop     a AAAUSDT 2940
       start
 5.0s  acts     take 2s
       ledger   behind 3s
       ledger   down
       cancels  a
within 1s  expect  covered AAAUSDT at 2940
 9.0s  ledger   behind 1.5s
10.8s  ledger   up
+5s    expect   no fault
       expect   intents settled
       expect   intents done 1
       expect   orders AAAUSDT live 1
       expect   span AAAUSDT ended x1
