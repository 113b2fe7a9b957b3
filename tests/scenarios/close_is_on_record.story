story  a close of ours that was filled is on record as an order: the ledger has what the venue said of it
rows   E6 S-110

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       start    deaf
 5.0s  ask      close ETHUSDT
within 9s  expect  closed ETHUSDT reason manual
       expect   orders ETHUSDT filled 1
