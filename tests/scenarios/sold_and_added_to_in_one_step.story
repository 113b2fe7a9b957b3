story  partly closed and then added to before the row followed: each part is priced at what the position cost by then
rows   S-078 B-25 A19.6

 0.0s  both     ETHUSDT long 4 @ 3000 stop 2900
       stop     s1 ETHUSDT 2900
       mark     ETHUSDT 3100
       start
 5.0s  stream   silent
       trade    ETHUSDT sell 1 @ 3100 trade 1 order 11
       trade    ETHUSDT buy 3 @ 3200 trade 2 order 12
       trade    ETHUSDT sell 3 @ 3300 trade 3 order 13
within 45s  expect  row ETHUSDT long 3 @ 3100 pnl 700
