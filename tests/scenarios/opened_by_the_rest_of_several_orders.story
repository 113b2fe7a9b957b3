story  the first of several orders closed the other side before the others opened the row: all of it is explained
rows   B-16 B-21 E2

 0.0s  fill     BTCUSDT buy 1 @ 60000 trade 61 order 1 ago 200s
       fill     BTCUSDT buy 1 @ 60000 trade 62 order 2 ago 200s
       fill     BTCUSDT buy 1 @ 60000 trade 63 order 3 ago 200s
       ledger   BTCUSDT long 2 @ 60000 stop 58800 opened 200s
       venue    BTCUSDT long 2 @ 60000 opened 200s
       start    deaf
20.0s  trade    BTCUSDT sell 2 @ 61000 trade 71
within 50s  expect  closed BTCUSDT at 61000 pnl 2000 reason external priced evidence "71"
