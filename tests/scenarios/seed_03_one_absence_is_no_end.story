story  one answer is short and one is empty: the older bot closed at the first sight, here a second look is wanted
rows   A19.3 S-077 S-098 S-215

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       start    deaf
20.0s  looks    empty 1
       ask      resync
5m     looks    hide DOGEUSDT
       ask      resync
+1s    looks    show DOGEUSDT
10m    expect   rows open 2 closed 0
       expect   no findings
       expect   sent no cancel
       expect   rests DOGEUSDT 1
