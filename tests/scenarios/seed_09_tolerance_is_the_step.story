story  five thousandths of a coin are missing, half a lot is too much: the older bot judged both by 0.01, and wrongly
rows   A19.9 S-198 B-22

 0.0s  instrument BTCUSDT tick 0.1 step 0.001
       instrument 1000PEPEUSDT tick 0.00001 step 1
       ledger   BTCUSDT long 0.500 @ 60000
       venue    BTCUSDT long 0.495 @ 60000
       ledger   1000PEPEUSDT long 40000 @ 0.01
       venue    1000PEPEUSDT long 40000.5 @ 0.01
       start    deaf
11m    expect   finding quantity BTCUSDT waits
       expect   no finding quantity 1000PEPEUSDT
       expect   counters ledger 2 venue 2 verified 1 mismatched 1
