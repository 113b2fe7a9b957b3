story  hedged, and the list shows the long leg only: the short leg is asked for, not taken for flat
rows   E3 E11 B-23

# pybit#367: the first of two rows was empty, and the short was read as flat for six days.
 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       both     BTCUSDT/short short 0.2 @ 60500 stop 61700
       stop     l BTCUSDT/long 58800
       stop     s BTCUSDT/short 61700
       looks    doubt BTCUSDT
       start    deaf
2m     expect   row BTCUSDT/long long 0.5
       expect   row BTCUSDT/short short 0.2
       expect   sent no cancel
       expect   no event PHANTOM_POSITION_DETECTED
       looks    show BTCUSDT
       looks    shorten BTCUSDT
+1m    expect   counters ledger 2 venue 2 verified 2
