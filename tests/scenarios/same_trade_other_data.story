story  a trade is told again with another price and size: the first word stands, and the second is warned of
rows   B-16 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38
       start
10.0s  stream   silent
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71 fee 6
       stream   says fill DOGEUSDT sell 40000 @ 0.39 trade 71 fee 6
+50ms  stream   says fill DOGEUSDT sell 99999 @ 0.99 trade 71
+40s   expect   closed DOGEUSDT at 0.39 pnl 394 priced
       expect   event SYNC_FAILED DOGEUSDT x1 severity WARNING saying "told again with other data"
