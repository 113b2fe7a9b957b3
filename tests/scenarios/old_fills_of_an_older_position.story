story  fills from before the entry belong to an older position and explain nothing
rows   S-078 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 opened 10m order 555
       fill     DOGEUSDT sell 40000 @ 0.5 ago 40m
       fill     DOGEUSDT buy 40000 @ 0.38120 ago 10m order 555 fee 6
       start    deaf
 5.0s  trade    DOGEUSDT sell 40000 @ 0.38004 fee 6
within 40s  expect  closed DOGEUSDT at 0.38004 pnl -58.4 reason external priced
