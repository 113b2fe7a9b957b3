story  a stop goes while nobody has the lease: the span the next holder writes begins when it saw the stop gone
rows   E16 E4

policy autonomy observe
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s2 ETHUSDT 2940
       mark     BTCUSDT 60500
       mark     ETHUSDT 3050
       lease    standby
       start
10.0s  cancels  s1
       cancels  s2
+5s    stop     s3 ETHUSDT 2940
+15s   expect   nothing
       lease    held
+5s    mark     BTCUSDT 60500
       expect   span BTCUSDT open x1
       expect   naked-today BTCUSDT spans 1 total 25s now
       expect   naked-today ETHUSDT spans 0
