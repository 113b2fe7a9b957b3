story  a quiet hour: looks on their clock, nothing written but that, nothing sent
rows   S-062 S-063 S-106 S-107 S-205 HOLE-1 S-025

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
       instrument ETHUSDT
 1h    expect   nothing
       expect   sent look x121
       expect   no findings
       expect   intents settled
       expect   sent no history
