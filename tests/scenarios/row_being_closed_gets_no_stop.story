story  a row that its bot is closing gets no stop: that would race with the close
rows   S-113 S-112

 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2940 status closing
       venue    ETHUSDT long 10 @ 3000
       mark     ETHUSDT 3000
       start
60.0s  expect   naked ETHUSDT
       expect   sent no stop
