story  while nobody watched it was closed, and the same was bought and sold again: the first end is the row's
rows   E2 B-16 S-078

 0.0s  fill     BTCUSDT buy 0.5 @ 60000 trade 61 ago 70s
       fill     BTCUSDT sell 0.5 @ 61000 trade 62 ago 40s
       fill     BTCUSDT buy 0.5 @ 60000 trade 63 ago 30s
       fill     BTCUSDT sell 0.5 @ 59000 trade 64 ago 20s
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 60s
       start    deaf
within 45s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "62"
