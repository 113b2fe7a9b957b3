story  trailed out and opened again at once, while looks fail: what is there now gets the stop of the row, and is not stopped where the last one was trailed to
rows   S-007 S-125

policy trailing 1%/0.5%/0.1% grace 60s
 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2900
       venue    ETHUSDT long 10 @ 3000
       stop     s1 ETHUSDT 2900
       mark     ETHUSDT 3000
       start
10.0s  mark     ETHUSDT 3100
+5s    expect   rests ETHUSDT 1 at 3084.5
20.0s  looks    fail
       mark     ETHUSDT 3090
       fires    ETHUSDT @ 3084.5 trade 71
+20ms  trade    ETHUSDT buy 10 @ 3090 trade 72
+1s    expect   rests ETHUSDT 0 at 3084.5
       expect   rests ETHUSDT 1 at 2900
       mark     ETHUSDT 3200
+5s    expect   rests ETHUSDT 1 at 2900
       looks    ok
within 40s  expect  closed ETHUSDT at 3084.5 pnl 845
