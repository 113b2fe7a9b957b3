story  where sizes are only looked at: a person closes half of what has no row, and a row that comes later follows no part that is sold
rows   S-144 E6

policy autonomy observe
 0.0s  venue    ETHUSDT long 10 @ 3000
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT 50%
within 5s  expect  answer done
20.0s  ledger   ETHUSDT long 5 @ 3000 stop 2940 opened 1h
40.0s  trade    ETHUSDT sell 2 @ 3060 trade 82
+40s   expect   row ETHUSDT long 5
       expect   finding quantity ETHUSDT waits
