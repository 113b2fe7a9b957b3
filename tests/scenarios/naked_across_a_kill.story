story  a span that was open when the process died goes on with its beginning, or ends at the first proof
rows   E4 C-4

policy autonomy observe
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       both     BTCUSDT long 1 @ 60000 stop 58800
       both     SOLUSDT long 1 @ 200 stop 190
       start
10.0s  kill
       stop     s2 BTCUSDT 58800
       trade    SOLUSDT sell 1 @ 200
       ledger   closes SOLUSDT
+10s   start
+5s    mark     ETHUSDT 3000
       expect   naked-today ETHUSDT spans 1 total 25s worst 25s now
       expect   naked-today BTCUSDT spans 1 total 20s
       expect   span ETHUSDT open
       expect   span BTCUSDT ended
       expect   event POSITION_COVERED BTCUSDT x1
within 60s  expect  span SOLUSDT ended
       trade    ETHUSDT sell 10 @ 3000
within 40s  expect  span ETHUSDT ended
       expect   no event POSITION_COVERED ETHUSDT
+1s    expect   naked-today main spans 3
