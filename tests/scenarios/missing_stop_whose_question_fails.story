story  a stop of ours is in no list and the question about it fails: it is asked again every second before it is less often
rows   E4 B-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60000
       start
10.0s  finds    fail
       orders   hide s1
       ask      resync
+4s    expect   sent find-stop BTCUSDT x4
+60s   expect   sent find-stop BTCUSDT x17
       expect   sent no stop
