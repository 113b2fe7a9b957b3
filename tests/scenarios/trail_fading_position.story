story  the stream says zero: no stop is moved before a look has settled it
rows   S-130 S-147

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  looks    fail
       stream   says BTCUSDT zero
+20ms  mark     BTCUSDT 61000
+5s    expect   sent no stop
       looks    ok
within 40s  expect  covered BTCUSDT at 60695
