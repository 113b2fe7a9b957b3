story  the second row of a leg is closed within a second of its entry: its end is found all the same
rows   E2 B-16

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
 5.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
within 45s  expect  closed BTCUSDT at 61000
1m     ledger   BTCUSDT long 0.5 @ 62000 opened 0s
       trade    BTCUSDT buy 0.5 @ 62000 trade 81
+1s    trade    BTCUSDT sell 0.5 @ 62100 trade 82
within 45s  expect  closed BTCUSDT at 62100 pnl 50 reason external priced evidence "82"
