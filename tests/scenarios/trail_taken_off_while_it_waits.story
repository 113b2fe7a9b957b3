story  trailing that never began is taken off: the stop stays, and the end of the position tells nothing of it
rows   S-051

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  ask      trail BTCUSDT off
+100ms expect   answer done "trails no more"
       expect   event TRAILING_STOP_REMOVED x1 saying operator
       mark     BTCUSDT 61000
+5s    expect   sent no stop
       trade    BTCUSDT sell 0.5 @ 61000
within 3s  expect  closed BTCUSDT
+1s    expect   event TRAILING_STOP_REMOVED x1
       expect   no kept BTCUSDT
