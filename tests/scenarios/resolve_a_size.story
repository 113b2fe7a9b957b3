story  a confirmed size that no fill explains: a person's word lets the row follow, and what is booked stays as it was
rows   S-197 S-198 S-199 S-204 A19.9 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  venue    BTCUSDT long 0.3 @ 60000 opened 0s
within 40s  expect  finding quantity BTCUSDT waits next "no fills explain"
       fill     BTCUSDT sell 0.1 @ 61000 ago 25s
+1s    ask      resolve BTCUSDT because "moved to the other account"
within 1s  expect  answer done "0.5 -> 0.3"
       expect   row BTCUSDT long 0.3 @ 60000 status active
       expect   repair follow_quantity BTCUSDT by operator evidence "moved to the other account"
       expect   no findings BTCUSDT
# What was filled before the decision is in it: the end is priced by what came after.
       trade    BTCUSDT sell 0.3 @ 62000
within 60s  expect  closed BTCUSDT at 62000 pnl 600 reason external priced evidence "moved to the other account"
