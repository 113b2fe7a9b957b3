story  a close fills in two parts, told twice and found in the history too: each part is counted once
rows   E2 E12 B-16

# nautilus_trader#3476, #3478: partial fills of open orders were counted twice.
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
10.0s  stream   doubled
       trade    ETHUSDT sell 2 @ 3010 trade 71 order 9 fee 1
+3s    expect   row ETHUSDT long 8 pnl 19
       trade    ETHUSDT sell 3 @ 3020 trade 72 order 9 fee 1
+1m    expect   row ETHUSDT long 5 pnl 78
       restart
+1m    expect   row ETHUSDT long 5 pnl 78
       trade    ETHUSDT sell 5 @ 3010 trade 73 order 10
within 3s  expect  closed ETHUSDT pnl 128
