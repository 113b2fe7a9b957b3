story  most positions really closed: their fills lift the hold and every row is booked with its price
rows   S-072 S-078 A19.6

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     a DOGEUSDT 0.37100
       stop     b BTCUSDT 58800
       stop     c ETHUSDT 2940
       start    deaf
20.0s  history  fails 12
       trade    DOGEUSDT sell 40000 @ 0.39
       trade    BTCUSDT sell 0.5 @ 61000
       trade    ETHUSDT sell 10 @ 3100
35.0s  expect   hold
       expect   rows open 3 closed 0
within 40s  expect  rows open 0 closed 3
       expect   closed DOGEUSDT at 0.39 pnl 352 reason external priced
       expect   closed BTCUSDT at 61000 pnl 500 priced
       expect   closed ETHUSDT at 3100 pnl 1000 priced
+60s   expect   no hold
       expect   event PHANTOM_POSITION_CLOSED x3
       expect   rests BTCUSDT 0
