story  nothing is known of the account: the best price is kept, the stop moves once something is known again
rows   S-130 C-3 A19.5

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  stream   down
       looks    fail
       mark     BTCUSDT 60200
within 10s  expect  unknown
+1s    mark     BTCUSDT 61000
+5s    expect   sent no stop
       expect   trail BTCUSDT active best 61000
       looks    ok
       mark     BTCUSDT 60950
within 31s  expect  covered BTCUSDT at 60695
+1s    expect   rests BTCUSDT 1 at 60695
