story  the history is empty at first and explains the close a little later: no price is invented
rows   S-078 A19.6

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       start    deaf
 5.0s  trade    DOGEUSDT sell 40000 @ 0.38004
       history  empty 2
60.0s  expect   closed DOGEUSDT at 0.38004 pnl -46.4 reason external priced
