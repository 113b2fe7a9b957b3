story  the venue holds the other side: it waits for the operator, who closes what the venue holds
rows   S-197 S-207 A19.10

 0.0s  ledger   ETHUSDT long 10 @ 3000
       venue    ETHUSDT short 4 @ 3010
       mark     ETHUSDT 3000
       start
 1.0s  expect   finding side ETHUSDT waits
       expect   event SIDE_MISMATCH ETHUSDT x1 severity CRITICAL
       expect   counters ledger 1 venue 1 mismatched 1 verified 0
       expect   finding naked ETHUSDT
5m     expect   nothing
       expect   row ETHUSDT long 10
       ask      close ETHUSDT
within 1s  expect  sent close ETHUSDT buy 4
within 1s  expect  holds ETHUSDT nothing
+40s   expect   event SIDE_MISMATCH ETHUSDT x2
