story  the sizes differ until the position is closed: it is said that one of the two is gone, not that they agree
rows   S-186

policy follow_quantity observe
 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800
       venue    BTCUSDT long 0.3 @ 60000
       stop     s1 BTCUSDT 58800
       start
20.0s  expect   finding quantity BTCUSDT
       trade    BTCUSDT sell 0.3 @ 60500
within 9s  expect  event QUANTITY_MISMATCH BTCUSDT saying "one of the two is gone"
       expect   no event QUANTITY_MISMATCH BTCUSDT saying "agree again"
