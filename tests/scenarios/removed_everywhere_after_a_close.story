story  after a close nothing of it is left: no row, no leg on the screen, no looks into its history, no stop
rows   S-073 S-090 S-094 S-097 S-099 S-103 S-129 S-134 S-136 S-141 S-146

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     s2 ETHUSDT 2940
       start
20.0s  trade    BTCUSDT sell 0.5 @ 61000
within 2s  expect  closed BTCUSDT
within 1s  expect  rests BTCUSDT 0
10m    expect   sent no stop
       expect   sent cancel x1  only binance
       expect   sent no cancel  only bybit
       expect   sent no history BTCUSDT
       expect   no findings
       expect   counters ledger 1 venue 1 verified 1
       expect   gone BTCUSDT
