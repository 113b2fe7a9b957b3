story  the venue denies a stray while it still rests: when it shows up again it is taken away again
rows   S-109 S-110 E6
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  orders   forget s1
       trade    BTCUSDT sell 0.5 @ 61000
within 20s  expect  closed BTCUSDT
+1m    expect   rests BTCUSDT 1
       orders   recall s1
within 70s  expect  rests BTCUSDT 0
