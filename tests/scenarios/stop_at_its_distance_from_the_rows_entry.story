story  a row without a stop and a venue that averages otherwise: the stop is put at its distance from the row's entry
rows   S-111

 0.0s  ledger   BTCUSDT long 0.5 @ 60000
       venue    BTCUSDT long 0.5 @ 60500
       mark     BTCUSDT 60600
       start
within 5s  expect  covered BTCUSDT at 58800
       expect   sent stop BTCUSDT sell 0.5 @ 58800 x1
