story  an answer whose second page failed proves nothing about what it does not show
rows   S-022 S-101 A19.1 E3

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       start    deaf
20.0s  looks    partial only BTCUSDT 10
       fill     DOGEUSDT sell 40000 @ 0.38
2m     expect   nothing
       expect   event SYNC_FAILED
       expect   rows open 2 closed 0
       expect   no event PHANTOM_POSITION_DETECTED
10m    expect   no findings
       expect   known
