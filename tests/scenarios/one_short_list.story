story  a list that lacks one position once: the finding ends, the row and its stop stay
rows   S-077 S-098 A19.3 E3 HOLE-2

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       start    deaf
29.0s  looks    hide DOGEUSDT
31.0s  expect   finding phantom DOGEUSDT
       looks    show DOGEUSDT
40.0s  expect   no findings
       expect   event PHANTOM_POSITION_DETECTED DOGEUSDT x2
       expect   event PHANTOM_POSITION_DETECTED DOGEUSDT x1 saying "not a phantom"
5m     expect   nothing
       expect   row DOGEUSDT long 40000
       expect   rests DOGEUSDT 1
