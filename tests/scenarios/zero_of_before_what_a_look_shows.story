story  a row is closed while something else is open in its place, and a zero of before that is told late: with one empty answer it is no proof, and the stop stays
rows   S-125 S-194
only binance

policy autonomy guard sync 5s
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
10.0s  stream   late 4500ms
       trade    BTCUSDT sell 0.5 @ 60100 trade 71
+800ms trade    BTCUSDT buy 0.5 @ 60050 trade 72
within 3400ms  expect  closed BTCUSDT at 60100
14.4s  looks    empty
+500ms  looks    ok
+1s    expect   sent no cancel
       expect   rests BTCUSDT 1 at 58800
       expect   holds BTCUSDT long 0.5
