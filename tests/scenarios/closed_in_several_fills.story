story  a close in several fills: the average price, every fee, and one row
rows   S-078 A19.6 E12

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
10.0s  trade    DOGEUSDT sell 10000 @ 0.39 trade 71 order 9 fee 1
       trade    DOGEUSDT sell 20000 @ 0.40 trade 72 order 9 fee 2
       trade    DOGEUSDT sell 10000 @ 0.41 trade 73 order 9 fee 0.01 in BNB
within 3s  expect  closed DOGEUSDT at 0.4 pnl 797 reason external by stream priced evidence 71 evidence 73 evidence BNB
+10s   expect   no event QUANTITY_MISMATCH
