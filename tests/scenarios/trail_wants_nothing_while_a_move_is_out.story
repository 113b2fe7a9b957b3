story  while a moved stop is on its way nothing better is wanted or kept: the ledger has what was sent
rows   C-4 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  acts     take 2s
       mark     BTCUSDT 61000
+100ms expect   kept BTCUSDT active best 61000
       mark     BTCUSDT 61200
       ask      resync
+500ms expect   trail BTCUSDT active best 61200
       expect   kept BTCUSDT active best 61000
within 6s  expect  kept BTCUSDT active best 61200
