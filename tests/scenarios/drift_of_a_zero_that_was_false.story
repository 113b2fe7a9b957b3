story  who knew when: the stream says zero, a look later says that the position is there all the same
rows   S-022

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  stream   says BTCUSDT zero
+1s    expect   drift BTCUSDT flat stream +0.001s REST behind ledger behind first stream
within 30s  expect  drifts BTCUSDT 3
       expect   drift BTCUSDT long 0.5 first REST ledger "as before"
       expect   drift BTCUSDT flat REST - ledger -
