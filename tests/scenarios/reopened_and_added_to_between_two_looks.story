story  closed, opened again at the same size and added to between two looks: the addition alone explains the size, and yet all fills together say that the row's position is gone
rows   E1 E2 B-12 S-126

policy grace 60s
 0.0s  ledger   BTCUSDT long 0.5 @ 60000 stop 58800 order e1 opened 20s
       fill     BTCUSDT buy 0.5 @ 60000 trade 70 order e1 ago 20s
       venue    BTCUSDT long 0.5 @ 60000 opened 20s
       start    deaf
 5.0s  trade    BTCUSDT sell 0.5 @ 61000 trade 71
       trade    BTCUSDT buy 0.5 @ 60500 trade 72
+1s    trade    BTCUSDT buy 0.2 @ 60600 trade 73
within 60s  expect  closed BTCUSDT at 61000 pnl 500 reason external priced evidence "71"
       expect   holds BTCUSDT long 0.7
