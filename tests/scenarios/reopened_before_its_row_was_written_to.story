story  closed and opened again unseen, and then a bot writes to the row: the venue's stamp still gives it away
rows   B-12 E1 E2
only bybit

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800 order 555
       fill     BTCUSDT buy 0.5 @ 60000 ago 1h order 555 trade 61
       start    deaf
20.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
+1s    trade    BTCUSDT buy 0.5 @ 60500 trade 72
+2s    ledger   sets BTCUSDT stop 58900
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced
