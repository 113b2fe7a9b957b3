story  just half of the rows vanish at once and no fill explains it: nothing is repaired and one finding waits
rows   S-022 S-072

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       both     SOLUSDT short 50 @ 150 stop 153
       both     AVLUSDT long 86 @ 0.2 stop 0.19
       both     BNBUSDT long 2 @ 600 stop 590
       start
20.0s  looks    hide DOGEUSDT
       looks    hide BTCUSDT
       looks    hide ETHUSDT
40.0s  expect   hold
       expect   finding phantom BTCUSDT waits next "held back"
5m     expect   hold
       expect   rows open 6 closed 0
