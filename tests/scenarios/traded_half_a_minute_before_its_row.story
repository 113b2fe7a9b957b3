story  the same was bought and sold half a minute before the row's own entry: that end is not the row's
rows   E2 B-16

 0.0s  fill     BTCUSDT buy 0.5 @ 60000 trade 61 ago 240s
       fill     BTCUSDT sell 0.5 @ 60500 trade 62 ago 230s
       fill     BTCUSDT buy 0.5 @ 60000 trade 63 ago 200s
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 200s
       venue    BTCUSDT long 0.5 @ 60000 opened 200s
       start    deaf
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
