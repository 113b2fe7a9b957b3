story  two quantities are the same when they differ by less than the instrument's step, and only then
rows   S-198 A19.9 B-22

 0.0s  instrument 1000PEPEUSDT step 1
       ledger   1000PEPEUSDT long 250000.4 @ 0.01
       venue    1000PEPEUSDT long 250000 @ 0.01
       instrument BTCUSDT step 0.001
       ledger   BTCUSDT long 0.5 @ 60000
       venue    BTCUSDT long 0.501 @ 60000
       stop     a 1000PEPEUSDT 0.0098
       stop     b BTCUSDT 58800
       start
 1.0s  expect   counters ledger 2 venue 2 verified 1 mismatched 1
       expect   finding quantity BTCUSDT
       expect   no finding 1000PEPEUSDT
