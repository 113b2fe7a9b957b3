story  the ledger refuses an adoption: whatever the price does meanwhile, it is tried again after a second and not before
rows   S-067

policy autonomy auto grace 0s
 0.0s  venue    ORBSUSDT short 2000 @ 0.0150
       mark     ORBSUSDT 0.0149
       start
       ledger   conflicts 1
within 5s  expect  finding orphan ORBSUSDT waits next "not adopted, tries again: "
+200ms mark     ORBSUSDT 0.0148
       ask      resync
+300ms mark     ORBSUSDT 0.0149
+200ms expect   no row ORBSUSDT
       expect   finding orphan ORBSUSDT
within 400ms  expect  row ORBSUSDT short 2000
