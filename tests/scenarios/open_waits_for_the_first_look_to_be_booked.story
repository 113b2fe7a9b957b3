story  the process ends while something is opened, and the next one hears of it before any look: its row is written once the account is known
rows   E1

 0.0s  mark     BTCUSDT 60000
       start
20.0s  mark     BTCUSDT 60000
       ask      open BTCUSDT long 0.5 stop 58800
+18ms  kill
+1s    looks    fail
       start
+1s    mark     BTCUSDT 60000
       stream   says BTCUSDT long 0.5 @ 60000
+1s    expect   gate main
       expect   rows open 0 closed 0
       looks    ok
within 5s   expect   row BTCUSDT long 0.5 @ 60000
within 2s   expect   covered BTCUSDT
