story  the venue delists and settles two legs without a word: both end by settlement, none stays to be served
rows   E13 B-26 S-048

# Qubx#306: a delisted position had no path to its end.
 0.0s  venue    hedged main
       both     OLDUSDT/long long 100 @ 2 stop 1.9
       both     OLDUSDT/short short 50 @ 2 stop 2.2
       stop     l OLDUSDT/long 1.9
       stop     s OLDUSDT/short 2.2
       start    deaf
10.0s  trade    OLDUSDT/long sell 100 @ 1 trade 71 client settlement_autoclose-1 origin settlement
       trade    OLDUSDT/short buy 50 @ 1 trade 72 client settlement_autoclose-2 origin settlement
       cancels  l untold  only binance
       cancels  s untold  only binance
within 45s  expect  closed OLDUSDT/long pnl -100 reason settlement
within 5s  expect  closed OLDUSDT/short pnl 50 reason settlement
+1m    expect   sent no stop
       expect   no findings
