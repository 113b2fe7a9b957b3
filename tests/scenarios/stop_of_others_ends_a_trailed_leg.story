story  somebody's stop ends a leg that trails: that is no end by the trailing stop
rows   C-4 S-186
only   binance

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       stop     f1 BTCUSDT 60700 foreign
       mark     BTCUSDT 60860
       start
 5.0s  mark     BTCUSDT 60950
+1s    expect   trail BTCUSDT active
       fires    f1
within 9s  expect  closed BTCUSDT reason stop_loss
