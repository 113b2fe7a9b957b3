story  nothing trails and a person takes trailing off: nothing begins by that, wherever the price goes
rows   S-051 C-2

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ask      trail BTCUSDT off
+1s    expect   no trail BTCUSDT
       mark     BTCUSDT 64000
+1s    mark     BTCUSDT 66000
+5s    expect   sent no stop
       expect   covered BTCUSDT at 58800
