story  a position is added to before it is closed: what it earned is a share of all that it cost to enter
rows   S-078 B-25 A19.6

 0.0s  both     ETHUSDT long 2 @ 3000 stop 1800
       stop     s1 ETHUSDT 1800
       mark     ETHUSDT 2500
       both     BTCUSDT long 2 @ 3000 stop 2900
       stop     s2 BTCUSDT 2900
       start
 5.0s  trade    ETHUSDT buy 2 @ 2000 trade 1 order 11
       stream   silent
       trade    BTCUSDT buy 3 @ 3100 trade 4 order 14
       trade    BTCUSDT sell 4 @ 3090 trade 5 order 15
within 45s  expect  row ETHUSDT long 4 @ 2500
within 45s  expect  row BTCUSDT long 1 @ 3060 pnl 120
+5s    trade    ETHUSDT sell 4 @ 2600 trade 3 order 13
within 45s  expect  closed ETHUSDT at 2600 pnl 400 pct 4 reason external priced
