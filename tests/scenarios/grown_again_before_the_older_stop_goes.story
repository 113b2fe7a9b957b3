story  a position grows while a bigger stop is on its way: the smaller one is not taken away before a look says that it may
rows   S-113 E4 A19.5
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800 0.5
       mark     BTCUSDT 60100
       start
19.0s  stream   silent
20.0s  trade    BTCUSDT buy 0.3 @ 60200
       acts     take 400ms
       ask      resync
within 1s  expect  sent stop BTCUSDT sell 0.8 @ 58800
       trade    BTCUSDT buy 0.2 @ 60200
within 5s  expect  sent stop BTCUSDT sell 1 @ 58800
       expect   sent no cancel s1
+1m    expect   rests BTCUSDT 1 at 58800 of 1
       expect   sent cancel s1
