story  the stream loses the last change of a price: what a look shows counts, and nothing is adopted behind its stop
rows   E9 A19.7

policy grace 20s autonomy auto confirm 2s sync 10s stop 2%
 0.0s  venue    ETHUSDT long 10 @ 3000 opened 0s
       mark     ETHUSDT 3050
       start
 1.0s  mark     ETHUSDT 3050
 5.0s  mark     ETHUSDT 2900 untold
within 40s  expect  finding orphan ETHUSDT waits next "already through its stop"
+20s   expect   rows open 0 closed 0
