story  the lists leave a position out for an hour and show its stop: the stop is never taken for a stray
rows   E3 S-109 C-1

# For six months a reconciler cancelled the live stops of what a bulk list had left out.
 0.0s  venue    BTCUSDT long 0.5 @ 60000 opened 1h
       stop     s1 BTCUSDT 58800
       start    deaf
10.0s  looks    shorten BTCUSDT
20m    expect   rests BTCUSDT 1
       expect   sent no cancel
       expect   finding orphan BTCUSDT
