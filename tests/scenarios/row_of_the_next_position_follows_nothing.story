story  where sizes are only looked at, a person closes half and the stop takes the rest before the row followed: the row of the next position follows no part that is sold
rows   S-144 E6

policy grace 60s follow_quantity observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3000
       start
 5.0s  history  fails
       ask      close ETHUSDT 50%
+500ms trade    ETHUSDT sell 5 @ 2940 trade 71
+1s    history  ok
within 30s  expect  closed ETHUSDT
+10s   ledger   ETHUSDT long 8 @ 2950 opened 0s stop 2900
       trade    ETHUSDT buy 8 @ 2950 trade 72
+30s   expect   no findings
       trade    ETHUSDT sell 3 @ 2950 trade 73
+60s   expect   row ETHUSDT long 8
       expect   finding quantity ETHUSDT waits
