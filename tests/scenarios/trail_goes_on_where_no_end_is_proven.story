story  closed and opened again in another size, and no fills tell of it: the trailing stop rests for half a minute, then the row stands for what is there
rows   S-007 S-125

policy trailing 1%/0.5%/0.1%
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2900
       stop     s1 ETHUSDT 2900
       mark     ETHUSDT 3000
       start
10.0s  looks    fail
       stream   says ETHUSDT zero
+100ms venue    ETHUSDT long 12 @ 3000 opened 0s
       stream   says ETHUSDT long 12 @ 3000
       looks    ok
12.0s  mark     ETHUSDT 3100
+15s   expect   finding quantity ETHUSDT waits next "no fills explain"
       expect   trail ETHUSDT waiting
       expect   rests ETHUSDT 0 at 3084.5
+20s   expect   trail ETHUSDT active best 3100 stop 3084.5
       expect   rests ETHUSDT 1 at 3084.5 of 12
       expect   rests ETHUSDT 0 at 2900
