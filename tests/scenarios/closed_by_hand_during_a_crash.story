story  closed by hand while the engine was dead: no stop is placed on it, and its profit is what was traded
rows   E1 S-062 S-126

# freqtrade#7606: the bot went on adding stops to what was closed, with a wrong profit.
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371 order 555
       fill     DOGEUSDT buy 40000 @ 0.38 ago 1h order 555 fee 6
       start
10.0s  expect   covered DOGEUSDT
       kill
+1m    cancels  DOGEUSDT
       trade    DOGEUSDT sell 40000 @ 0.39 trade 71 fee 6
+1m    start
within 10s  expect  closed DOGEUSDT at 0.39 pnl 388 by startup priced
+1m    expect   sent stop DOGEUSDT x1
       expect   rests DOGEUSDT 0
