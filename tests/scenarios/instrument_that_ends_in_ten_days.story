story  an instrument that ends in ten days is told of a week before its end, to the hour
rows   E13

policy sync 20h
 0.0s  instrument BTCUSDT_261225 step 0.001
       both     BTCUSDT_261225 long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT_261225 58800
       lists    BTCUSDT_261225 ends 240h
       start
71h    expect   no finding ending
+61m   expect   finding ending BTCUSDT_261225
       expect   event INSTRUMENT_ENDING x1 severity WARNING
