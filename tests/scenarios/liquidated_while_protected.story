story  the venue liquidates a position: the row says so, and no second word is found for it
rows   S-041 S-048 A19.17 B-26 E13

 0.0s  both     BTCUSDT long 0.5 @ 60000 liq 50000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  trade    BTCUSDT sell 0.2 @ 50000 client autoclose-1 origin liquidation fee 3
       trade    BTCUSDT sell 0.3 @ 49900 client autoclose-2 origin liquidation fee 4
within 2s  expect  closed BTCUSDT at 49940 pnl -5037 reason liquidation by stream priced
within 2s  expect  rests BTCUSDT 0
