story  a stop that could never fire is refused, and so is one of a leg that is not tracked
rows   E4 E12

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 59500 liq 55000
       stop     s1 BTCUSDT 59500
       venue    ETHUSDT long 1 @ 3000
       mark     BTCUSDT 60100
       mark     ETHUSDT 3000
       start
 5.0s  ask      stop BTCUSDT at 54000
       expect   answer refused "beyond liquidation at 55000"
       ask      stop ETHUSDT at 2900
       expect   answer refused "adopt it first"
       ask      trail ETHUSDT 1%/1%/1%
       expect   answer refused "adopt it first"
       ask      stop BTCUSDT at 59600 seen 0.4
       expect   answer refused "look again"
       expect   sent no stop
