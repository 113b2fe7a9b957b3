story  a row of a wrong size, which the venue came to hold by others, is closed and something else opened: the newest fills lead from the row to that, and name its end
rows   S-125 S-194

policy autonomy auto grace 10s
 0.0s  ledger   LTCUSDT short 10 @ 86
       venue    LTCUSDT short 5 @ 86
       mark     LTCUSDT 85
       start
 9.0s  expect   finding quantity LTCUSDT
12.0s  trade    LTCUSDT buy 5 @ 85 trade 71 untold
       trade    LTCUSDT sell 10 @ 85 trade 72 untold
+60s   expect   no findings
       trade    LTCUSDT buy 10 @ 84 trade 73
       mark     LTCUSDT 83
+2s    trade    LTCUSDT sell 4 @ 83 trade 74
within 40s  expect  closed LTCUSDT at 84 pnl 20 priced evidence "73"
within 60s  expect  row LTCUSDT short 4 @ 83
+5s    expect   no findings
