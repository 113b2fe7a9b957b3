story  three looks have to agree that the other side is open before the row is booked, not two
rows   S-197 B-10

policy confirmations 3 grace 10m
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start    deaf
20.0s  trade    DOGEUSDT sell 50000 @ 0.39 trade 71 fee 5
       ask      resync
+3s    expect   row DOGEUSDT long 40000
within 3s  expect  closed DOGEUSDT at 0.39 pnl 396 reason external priced
