story  a person's word resizes a row, then a part is sold: the end counts its percent on what the resized row has cost
rows   S-197 S-198 S-204

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  venue    BTCUSDT long 0.3 @ 60000 opened 0s
within 40s  expect  finding quantity BTCUSDT waits next "no fills explain"
+1s    ask      resolve BTCUSDT because "moved to the other account"
within 1s  expect  row BTCUSDT long 0.3
+5s    trade    BTCUSDT sell 0.1 @ 61000
within 60s  expect  row BTCUSDT long 0.2 pnl 100
       trade    BTCUSDT sell 0.2 @ 62000
within 60s  expect  closed BTCUSDT at 62000 pnl 500 pct 99
