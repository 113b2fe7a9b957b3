story  looks have proven that a position is gone and the first answer about fills is still to come: a person's word waits for it
rows   S-197 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  acts     take 20s
       trade    BTCUSDT sell 0.5 @ 61000
       ask      resync
+4s    ask      resolve BTCUSDT because "I closed it"
       expect   answer refused "asked for fills"
within 30s  expect  closed BTCUSDT at 61000 pnl 500 priced
