story  the row of a phantom is replaced by another one: nobody says that its position was seen again
rows   S-186 S-078

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
 2.0s  expect   finding phantom DOGEUSDT
       ledger   deletes DOGEUSDT
       ledger   DOGEUSDT long 30000 @ 0.39 stop 0.371
within 1s  expect  no finding phantom DOGEUSDT
       expect   no event PHANTOM_POSITION_DETECTED DOGEUSDT saying "seen on the venue again"
within 40s  expect  finding phantom DOGEUSDT
       expect   no event PHANTOM_POSITION_DETECTED DOGEUSDT saying "seen on the venue again"
