story  who knew when: the stream at once, a look after it, the ledger once it is proven
rows   S-126

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  trade    BTCUSDT sell 0.2 @ 61000 trade 71
within 3s  expect  row BTCUSDT long 0.3
       expect   drift BTCUSDT long 0.3 venue 20s stream +0.050s first stream
       expect   drift BTCUSDT long 0.5 found
42.0s  trade    BTCUSDT sell 0.3 @ 61100 trade 72
within 3s  expect  closed BTCUSDT by stream
       expect   drift BTCUSDT flat venue 42s stream +0.050s first stream
within 1s  expect  drift BTCUSDT flat ledger +0.112s
+5s    expect   drift BTCUSDT flat venue 42s stream +0.050s REST +0.110s ledger +0.112s
       expect   drifts BTCUSDT 3
