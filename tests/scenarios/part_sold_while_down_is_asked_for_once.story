story  a part was sold while nobody watched: the history is asked once, the row follows, and nothing is doubted
rows   S-126 S-078
only   binance

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       trade    DOGEUSDT sell 10000 @ 0.39 trade 71 untold
       start    deaf
within 40s  expect  row DOGEUSDT long 30000 pnl 100
+60s   expect   sent history x1
