story  one account does not answer at the start: it is unknown and nothing is sent for it, the other is served
rows   HOLE-6 E1 S-183 S-202 C-1

account second
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     second:BTCUSDT short 2 @ 60000 stop 61200
       looks    fail on second
       start
within 3s  expect  covered BTCUSDT at 58800
10m    expect   unknown second since 0s
       expect   sent no stop second:BTCUSDT
       expect   sent no history second:BTCUSDT
       expect   row second:BTCUSDT short 2
       expect   known main
       looks    ok on second
within 40s  expect  known second
within 2s  expect  covered second:BTCUSDT at 61200
