story  a row with more digits than its instrument is closed by what the stream told, while the history fails
rows   S-198 B-22

 0.0s  instrument BTCUSDT step 0.001
       ledger   BTCUSDT long 0.5004 @ 60000 stop 58800
       venue    BTCUSDT long 0.5 @ 60000
       stop     s1 BTCUSDT 58800
       start
 5.0s  history  fails
       trade    BTCUSDT sell 0.5 @ 61000 trade 9
within 6s  expect  closed BTCUSDT at 61000 pnl 500 priced evidence 9
