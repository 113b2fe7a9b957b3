story  position and stop are gone unseen: the stop that no list shows any more is asked for, and nothing of the leg is left
rows   B-7 S-109
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
20.0s  fires    s1 @ 58790 untold
within 60s  expect  closed BTCUSDT at 58790 priced
+30s   expect   sent find-stop BTCUSDT
       expect   no stray s1
