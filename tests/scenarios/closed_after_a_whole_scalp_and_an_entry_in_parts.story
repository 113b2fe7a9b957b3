story  as much as the row's was sold within the second before its entry in two parts: that sale closes nothing of it
rows   E2 B-16

policy grace 5s
 0.0s  fill     BTCUSDT buy 0.5 @ 59000 trade 61 ago 300s
       fill     BTCUSDT sell 0.5 @ 58000 trade 62 ago 200500ms
       fill     BTCUSDT buy 0.2 @ 60000 trade 63 ago 200s
       fill     BTCUSDT buy 0.3 @ 60000 trade 64 ago 200s
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 200s
       venue    BTCUSDT long 0.5 @ 60000 opened 200s
       start    deaf
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
