story  nothing is sent or written before an account is known: what is missing is said, and one account does not wait for another
rows   E1 C-4 C-1 A19.1

policy autonomy auto grace 1s
account second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       venue    ORBSUSDT short 200 @ 0.0150
       ledger   DOGEUSDT long 40000 @ 0.38
       fill     DOGEUSDT sell 40000 @ 0.39
       both     second:BTCUSDT short 2 @ 60000 stop 61200
       orders   fail
       start    deaf
       expect   gate main saying "the ledger has not been read"
       ask      undo r-000000000000
       expect   answer refused "the ledger has not been read"
+1s    expect   gate main saying "the lists of orders have not been read"
       expect   no gate second
       expect   covered second:BTCUSDT at 61200
       expect   sent no stop BTCUSDT
       ask      close BTCUSDT
       expect   answer refused "main is not ready: the lists of orders have not been read"
       ask      resolve DOGEUSDT because "gone"
       expect   answer refused "not ready"
5m     expect   rows open 3 closed 0
       expect   sent no stop BTCUSDT
       expect   no row ORBSUSDT
       orders   ok
within 35s  expect  covered BTCUSDT at 58800
       expect   no gate main
within 10s  expect  closed DOGEUSDT at 0.39
within 10s  expect  row ORBSUSDT short 200
