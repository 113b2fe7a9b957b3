story  less than half of the rows vanish at once: that is no lying venue, and nothing is held back
rows   S-022 S-072

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       both     SOLUSDT short 50 @ 150 stop 153
       both     AVLUSDT long 86 @ 0.2 stop 0.19
       both     BNBUSDT long 2 @ 600 stop 590
       both     XRPUSDT long 200 @ 0.6 stop 0.59
       start
20.0s  looks    hide DOGEUSDT
       looks    hide BTCUSDT
       looks    hide ETHUSDT
40.0s  expect   finding phantom BTCUSDT
       expect   no hold
