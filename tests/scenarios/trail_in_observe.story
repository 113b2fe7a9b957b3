story  an account that only looks at stops does not trail them
rows   C-2 S-051

 0.0s  policy   autonomy observe trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start

 5.0s  mark     BTCUSDT 61000
+5s    expect   no trail BTCUSDT
       expect   no kept BTCUSDT
       expect   sent no stop
       ask      trail BTCUSDT 1%/1%/0.1%
+1s    expect   answer done "trails 1%"
       mark     BTCUSDT 61100
+5s    expect   trail BTCUSDT active best 61100 stop 60489
       expect   covered BTCUSDT at 58800
       expect   sent no stop
