story  adopted after a part was closed: the row ends with what closed since, the part before it is nobody's
rows   E2 E12

policy autonomy auto grace 5s
 0.0s  trade    BTCUSDT buy 0.5 @ 60000 trade 70
+1s    trade    BTCUSDT sell 0.2 @ 55000 trade 71
+1s    start    deaf
within 40s  expect  row BTCUSDT long 0.3 @ 60000
+20s   trade    BTCUSDT sell 0.3 @ 61000 trade 72
within 45s  expect  closed BTCUSDT at 61000 pnl 300 reason external priced evidence "72"
