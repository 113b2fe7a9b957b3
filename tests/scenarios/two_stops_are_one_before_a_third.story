story  two stops of ours cover a leg and its row asks for a tighter one: the looser goes first, so that there are never three
rows   E4
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58000
       stop     s2 BTCUSDT 58200
       start
within 5s  expect  sent cancel s1
       expect   sent no stop
within 5s  expect  rests BTCUSDT 1 at 58800
+5s    expect   sent stop BTCUSDT x1
       expect   rests BTCUSDT 1
       expect   covered BTCUSDT at 58800
