story  our clock is ten minutes behind the venue's: an orphan is one after its grace all the same
rows   S-194 S-038 E1

policy autonomy auto grace 10s sync 10s
 0.0s  venue    ahead 10m
       instrument DOGEUSDT
       start
 5.0s  trade    DOGEUSDT buy 1000 @ 0.38
+25s   expect   row DOGEUSDT long 1000
       expect   covered DOGEUSDT
