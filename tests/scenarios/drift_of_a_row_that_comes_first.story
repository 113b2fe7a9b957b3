story  who knew when: a bot's row comes before its fill, a look in between says so, and the legs of a hedge are apart
rows   B-23

 0.0s  venue    hedged main
       start
10.0s  ledger   BTCUSDT/long long 0.5 @ 60000 stop 58800
10.5s  expect   drift BTCUSDT/long long 0.5 ledger claimed stream - REST -
       venue    BTCUSDT/long long 0.5 @ 60000
       stream   says BTCUSDT/long long 0.5 @ 60000
+1s    expect   drift BTCUSDT/long long 0.5 stream +0.001s ledger "as before" first stream
       expect   drift BTCUSDT/long flat stream - ledger - first REST
       expect   drifts BTCUSDT/long 3
       venue    BTCUSDT/short short 0.2 @ 60100
       stream   says BTCUSDT/short short 0.2 @ 60100
+1s    expect   drift BTCUSDT/short short 0.2 stream +0.001s ledger behind
       expect   drifts BTCUSDT/long 3
