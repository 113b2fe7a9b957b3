story  a row is closed within a second of its entry, and so is the next one of the leg: both ends are found
rows   E2 B-16

 0.0s  mark     BTCUSDT 60000
       start    deaf
 5.0s  ledger   BTCUSDT long 0.5 @ 60000 opened 0s
       trade    BTCUSDT buy 0.5 @ 60000 trade 61
+1s    trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
1m     ledger   BTCUSDT long 0.5 @ 62000 opened 0s
       trade    BTCUSDT buy 0.5 @ 62000 trade 81
+1s    trade    BTCUSDT sell 0.5 @ 62100 trade 82
within 45s  expect  closed BTCUSDT at 62100 pnl 50 reason external priced evidence "82"
