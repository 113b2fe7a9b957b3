story  a start finds stops that no fill explains: one behind a position, one whose position a list leaves out
rows   HOLE-8 E1 E4

# nautilus_trader#5000: a start dropped working orders; it may be the stop.
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     b BTCUSDT 58800
       stop     e ETHUSDT 2940
       looks    partial only BTCUSDT 4
       history  fails
       start    deaf
30s    restart
30.5s  looks    empty 1
+90s   expect   sent no cancel
       expect   sent no stop
       expect   rests BTCUSDT 1
       expect   rests ETHUSDT 1
       expect   covered BTCUSDT
       expect   covered ETHUSDT
