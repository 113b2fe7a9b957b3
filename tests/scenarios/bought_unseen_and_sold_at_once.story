story  what was bought was not told, what was sold was: the row waits for the fill that is missing, and ends at its own profit
rows   E9 E2 C-1

 0.0s  ledger   BTCUSDT long 1 @ 60000 stop 58800 opened 200s
       fill     BTCUSDT buy 1 @ 60000 trade 70 ago 200s
       venue    BTCUSDT long 1 @ 60000 opened 200s
       stop     s1 BTCUSDT 58800
       start
20.0s  trade    BTCUSDT buy 1 @ 60500 trade 71 untold
       trade    BTCUSDT sell 2 @ 61000 trade 72
within 9s  expect  closed BTCUSDT at 61000 pnl 1500 reason external priced evidence "72"
