story  a row written with more digits than the instrument has is closed by the fills all the same
rows   S-198 B-22

 0.0s  instrument BTCUSDT step 0.001
       ledger   BTCUSDT long 0.5004 @ 60000 stop 58800
       venue    BTCUSDT long 0.5 @ 60000
       stop     s1 BTCUSDT 58800
       start
20.0s  expect   no findings
       trade    BTCUSDT sell 0.5 @ 61000 trade 9
within 4s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence 9
