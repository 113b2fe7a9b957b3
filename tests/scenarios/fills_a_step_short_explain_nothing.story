story  the fills that are known are one step short of what differs: the row does not follow, and is not called reopened
rows   S-126 A19.9
only   binance

 0.0s  instrument ETHUSDT step 1
       instrument DOGEUSDT step 1
       both     ETHUSDT long 10 @ 3000 stop 2940
       both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
20.0s  fill     ETHUSDT sell 2 @ 3050 trade 70
       venue    ETHUSDT long 7 @ 3000 opened 0s
       fill     DOGEUSDT sell 40000 @ 0.39 trade 71
       fill     DOGEUSDT buy 39999 @ 0.40 trade 72
       venue    DOGEUSDT long 40000 @ 0.40 opened 0s
+3m    expect   row ETHUSDT long 10
       expect   finding quantity ETHUSDT waits next "no fills explain"
       expect   row DOGEUSDT long 40000 @ 0.38
