story  the venue's stamp moves although nothing was traded: fills are asked for, explain nothing, and the row stays as it is
rows   B-12 E2 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       start    deaf
20.0s  venue    BTCUSDT long 0.5 @ 60000 opened 0s
10m    expect   row BTCUSDT long 0.5 @ 60000
       expect   no findings
       expect   rows open 1 closed 0
