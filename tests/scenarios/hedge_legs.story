story  long and short legs of one symbol are two positions: one ends, the other keeps its stop
rows   S-010 A19.11 B-23 E11

 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       both     BTCUSDT/short short 0.2 @ 60500 stop 61700
       stop     l BTCUSDT/long 58800
       start
 2.0s  expect   covered BTCUSDT/long at 58800
       expect   covered BTCUSDT/short at 61700
       expect   sent stop BTCUSDT/short buy 0.2 @ 61700
       expect   counters ledger 2 venue 2 verified 2
10.0s  trade    BTCUSDT/long sell 0.5 @ 61000
within 2s  expect  closed BTCUSDT/long at 61000 pnl 500
within 2s  expect  sent cancel l  only binance
1m     expect   row BTCUSDT/short short 0.2
       expect   covered BTCUSDT/short
       expect   rests BTCUSDT/short 1
       ask      close BTCUSDT/short
within 2s  expect  sent close BTCUSDT/short buy 0.2
within 2s  expect  rows open 0 closed 2
