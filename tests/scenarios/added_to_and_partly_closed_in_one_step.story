story  added to and partly closed before the row followed: every part is priced at what it cost by then
rows   S-078 B-25 A19.6

 0.0s  both     ETHUSDT long 2 @ 3000 stop 2900
       stop     s1 ETHUSDT 2900
       start
 5.0s  stream   silent
       trade    ETHUSDT buy 2 @ 3100 trade 1 order 11
       trade    ETHUSDT sell 3 @ 3090 trade 2 order 12
within 45s  expect  row ETHUSDT long 1 @ 3050 pnl 120
+5s    trade    ETHUSDT sell 1 @ 3060 trade 3 order 13
within 45s  expect  closed ETHUSDT at 3060 pnl 130 reason external priced
