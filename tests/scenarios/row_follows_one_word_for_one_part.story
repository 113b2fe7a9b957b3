story  where sizes are only looked at, a person closes half and the row follows; what somebody else sells later it does not follow
rows   S-144 E6

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT 50%
within 5s  expect  row ETHUSDT long 5 pnl 250
40.0s  trade    ETHUSDT sell 2 @ 3060 trade 82
+40s   expect   row ETHUSDT long 5
       expect   finding quantity ETHUSDT waits
