story  the price jumps through the trailing stop: it fires where the market is, and that is a trailing stop
rows   S-045 E4

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 60900
within 1s  expect  covered BTCUSDT at 60595.5
+5s    mark     BTCUSDT 59000
       fires    BTCUSDT @ 59010
within 2s  expect  closed BTCUSDT at 59010 reason trailing_stop
+10s   expect   sent no close
       expect   event TRAILING_STOP_REMOVED x1
       expect   rests BTCUSDT 0
