story  behind a position in no row rests a stop of ours: lists that are short for some seconds do not take it away
rows   S-109 S-110 C-7
only   binance

policy autonomy guard
 0.0s  venue    ETHUSDT long 10 @ 3000
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 5.0s  expect   covered ETHUSDT
20.0s  looks    hide ETHUSDT
       ask      resync
+3s    ask      resync
+3s    ask      resync
+3s    looks    show ETHUSDT
+1m    expect   sent no cancel
       expect   covered ETHUSDT
