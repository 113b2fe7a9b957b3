story  a person gives a stop another distance, takes the trailing off where it is, and puts it on again
rows   S-051 C-2

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  ask      trail BTCUSDT 0.5%/1%/0.1%
+100ms expect   answer done "trails 1% behind, from 60300 on"
       expect   trail BTCUSDT waiting arm 60300
       mark     BTCUSDT 60300
within 1s  expect  covered BTCUSDT at 59697
       restart
+5s    expect   trail BTCUSDT active arm 60300 best 60300
       ask      trail BTCUSDT off
within 1s  expect  answer done "stop at 59697"
       expect   row BTCUSDT stop 59697
       expect   no trail BTCUSDT
       expect   kept BTCUSDT off
       expect   event TRAILING_STOP_REMOVED BTCUSDT x1 saying operator
       mark     BTCUSDT 62000
+5s    expect   covered BTCUSDT at 59697
       restart
+5s    mark     BTCUSDT 62100
+2s    expect   no trail BTCUSDT
       expect   covered BTCUSDT at 59697
       ask      trail BTCUSDT off
       expect   answer refused "does not trail"
       ask      trail BTCUSDT 1%/200%/0.1%
       expect   answer refused "cannot trail"
       ask      trail BTCUSDT 1%/1%/0.1%
within 2s  expect  covered BTCUSDT at 61479
+1s    expect   kept BTCUSDT active best 62100
       trade    BTCUSDT sell 0.5 @ 62000
within 3s  expect  closed BTCUSDT
       expect   event TRAILING_STOP_REMOVED x2
