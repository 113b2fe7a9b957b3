story  our clock is ten minutes behind the venue's: a row of another size whose position was closed and opened again ends all the same
rows   S-125 S-194 E2

policy autonomy auto grace 40s sync 10s
 0.0s  venue    ahead 10m
       ledger   BTCUSDT short 0.02 @ 60000
       venue    BTCUSDT short 0.01 @ 60000
       start
 9.0s  expect   finding quantity BTCUSDT
12.0s  trade    BTCUSDT sell 0.01 @ 60010 trade 71 untold
       trade    BTCUSDT buy 0.02 @ 60020 trade 72 untold
+300ms trade    BTCUSDT sell 0.01 @ 60030 trade 73 untold
within 40s  expect  closed BTCUSDT at 60020 pnl -0.4 priced evidence "72"
       expect   no event POSITION_ADOPTED
