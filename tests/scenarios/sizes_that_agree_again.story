story  the sizes differ and then agree again: it is said so, and not that one of the two is gone
rows   S-186

policy follow_quantity observe
 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800
       venue    BTCUSDT long 0.3 @ 60000
       stop     s1 BTCUSDT 58800
       start
20.0s  expect   finding quantity BTCUSDT
       ledger   sets BTCUSDT quantity 0.3
within 9s  expect  event QUANTITY_MISMATCH BTCUSDT saying "the sizes agree again"
       expect   no event QUANTITY_MISMATCH BTCUSDT saying "is gone"
