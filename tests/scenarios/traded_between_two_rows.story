story  between two rows of a leg the same was bought and sold without a row: that end is not the second row's
rows   E2 B-16

policy grace 5m
 0.0s  both     BTCUSDT long 0.5 @ 59000 stop 58800
       start    deaf
 5.0s  trade    BTCUSDT sell 0.5 @ 59500 trade 51
within 45s  expect  closed BTCUSDT at 59500
1m     trade    BTCUSDT buy 0.5 @ 60000 trade 61
+10s   trade    BTCUSDT sell 0.5 @ 60500 trade 62
+30s   trade    BTCUSDT buy 0.5 @ 60000 trade 63
       ledger   BTCUSDT long 0.5 @ 60000 stop 58800 opened 0s
+20s   trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
