story  where the step is one, or the leg is hedged, one lot more or less is another size
rows   B-22 A19.9 S-198

 0.0s  instrument DOGEUSDT tick 0.00001 step 1
       instrument BTCUSDT tick 0.1 step 0.001
       venue    hedged main
       both     DOGEUSDT/long long 40000 @ 0.38
       ledger   DOGEUSDT/short short 40000 @ 0.38
       venue    DOGEUSDT/short short 40001 @ 0.38
       ledger   BTCUSDT/long long 0.500 @ 60000
       venue    BTCUSDT/long long 0.501 @ 60000
       start
within 10s  expect  finding quantity DOGEUSDT/short
       expect   finding quantity BTCUSDT/long
       expect   no finding quantity DOGEUSDT/long
+30s   expect   counters ledger 3 venue 3 verified 1 mismatched 2
