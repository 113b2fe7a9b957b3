story  another size on the venue and no fills that explain it: the row waits, the stop covers the venue's size
rows   S-197 S-198 S-199 S-200 S-204 A19.9 S-039 S-056

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.5
       mark     BTCUSDT 60100
       start    deaf
10.0s  venue    BTCUSDT long 0.505 @ 60000
within 30s  expect  event QUANTITY_MISMATCH BTCUSDT x1
within 3s  expect  rests BTCUSDT 1 at 58800 of 0.505
5m     expect   finding quantity BTCUSDT waits next "no fills explain"
       expect   row BTCUSDT long 0.5
       expect   event QUANTITY_MISMATCH BTCUSDT x1
       expect   counters ledger 1 venue 1 mismatched 1 verified 0
       venue    BTCUSDT long 0.5 @ 60000
+40s   expect   no findings
       expect   event QUANTITY_MISMATCH BTCUSDT x2
