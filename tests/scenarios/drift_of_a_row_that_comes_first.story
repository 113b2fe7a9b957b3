story  who knew when: a bot writes its row before the venue has filled, and the legs of a hedge are apart
rows   B-23

 0.0s  venue    hedged main
       start
10.0s  ledger   BTCUSDT/long long 0.5 @ 60000 stop 58800
10.5s  expect   drift BTCUSDT/long long 0.5 first ledger stream - REST -
       venue    BTCUSDT/long long 0.5 @ 60000
       stream   says BTCUSDT/long long 0.5 @ 60000
+1s    expect   drift BTCUSDT/long long 0.5 first ledger stream +0.001s
       expect   drifts BTCUSDT/long 1
       venue    BTCUSDT/short short 0.2 @ 60100
       stream   says BTCUSDT/short short 0.2 @ 60100
+1s    expect   drift BTCUSDT/short short 0.2 stream +0.001s ledger behind
       expect   drifts BTCUSDT/long 1
