story  the first close was not told, the last one was: the row waits for the whole history and ends at its own price
rows   E9 E2 C-1

policy grace 5s sync 30s
 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800 order e1 opened 200s
       fill     BTCUSDT buy 0.5 @ 60000 trade 70 order e1 ago 200s
       venue    BTCUSDT long 0.5 @ 60000 opened 200s
       start
20.0s  history  fails 2
       trade    BTCUSDT sell 0.5 @ 61000 trade 71 untold
       trade    BTCUSDT buy 0.3 @ 60500 trade 72 untold
+100ms trade    BTCUSDT sell 0.9 @ 59000 trade 73
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
+60s   expect   holds BTCUSDT short 0.6
       expect   rows open 0 closed 1
