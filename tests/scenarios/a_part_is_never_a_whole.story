story  fills for a part of the quantity do not explain the whole: the row waits for the rest
rows   S-078 A19.6

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       start    deaf
 5.0s  venue    flat DOGEUSDT
       fill     DOGEUSDT sell 25000 @ 0.38004
       history  cut
60.0s  expect   rows open 1 closed 0
       history  ok
       fill     DOGEUSDT sell 15000 @ 0.39
within 10s  expect  closed DOGEUSDT at 0.383775 reason external priced
