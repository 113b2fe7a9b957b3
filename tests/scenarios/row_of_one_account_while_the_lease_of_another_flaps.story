story  the row of a part is being written while the lease of another account flaps: what was written is known all the same
rows   E16 E8

       account  second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     second:ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 second:ETHUSDT 2940
       start
20.0s  trade    BTCUSDT sell 0.2 @ 61000 trade 71
       ledger   behind 600ms
within 5s  expect  row BTCUSDT long 0.3
       lease    lost second
       lease    held second
+5s    trade    BTCUSDT sell 0.1 @ 61000 trade 72
within 6s  expect  row BTCUSDT long 0.2 pnl 300
