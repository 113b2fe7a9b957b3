story  the ledger refuses the fill of an open position: the screen says that it is not on record
rows   S-110 C-4

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  ledger   refuses fills
       trade    BTCUSDT sell 0.2 @ 60500 trade 71
within 1s  expect  logged SYNC_FAILED saying "a fill could not be written to the ledger: the ledger refuses: a value is out of range" x1
       expect   no fault
       ledger   takes
within 9s  expect  row BTCUSDT long 0.3
