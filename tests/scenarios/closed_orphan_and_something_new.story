story  a person closes what has no row, and something else is opened at once: the close is over after half a minute, not before
rows   E6 E7

policy grace 10m
 0.0s  venue    ETHUSDT long 10 @ 3000
       mark     ETHUSDT 3050
       start
 5.0s  ask      close ETHUSDT
+50ms  trade    ETHUSDT buy 3 @ 3040 trade 81
34.0s  expect   work ETHUSDT CLOSING
within 3s  expect  answer done "what is there now was opened since"
       expect   no work ETHUSDT
       expect   holds ETHUSDT long 3
       expect   sent close x1
