story  a row of less than a step that no fill closed is a phantom like any other, and has no price
rows   S-078 A19.6

 0.0s  ledger   BTCUSDT long 0.0004 @ 60000
       start
within 60s  expect  closed BTCUSDT reason unexplained unpriced
