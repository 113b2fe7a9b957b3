story  the ledger is read before an adoption is written and heard of after it: the row that the older read lacks is not dropped
rows   E16 C-6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       venue    ORBSUSDT short 2000 @ 0.0150
       mark     ETHUSDT 3010
       mark     ORBSUSDT 0.0149
       start
 5.0s  ledger   behind 900ms
       ledger   sets ETHUSDT stop 2950
+210ms ledger   behind 0ms
       ask      adopt ORBSUSDT
within 500ms  expect  row ORBSUSDT short 2000
+3s    expect   row ORBSUSDT short 2000
       expect   covered ORBSUSDT
       expect   no event POSITION_CLOSED
       expect   no finding orphan
