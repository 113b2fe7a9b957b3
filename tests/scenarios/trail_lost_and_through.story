story  the trailing stop is taken away by somebody and the price is through it: what is naked is closed
rows   E4 C-4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
within 1s  expect  covered BTCUSDT at 60595.5
+5s    mark     BTCUSDT 60500
       cancels  BTCUSDT
within 1m  expect  closed BTCUSDT reason stop_loss
       expect   sent close BTCUSDT sell 0.5
       expect   event TRAILING_STOP_REMOVED x1
