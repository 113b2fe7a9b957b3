story  a quantity that followed the venue is put back: it waits from then on
rows   S-087 S-200

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
10.0s  trade    DOGEUSDT sell 10000 @ 0.39
within 5s  expect  row DOGEUSDT long 30000 pnl 100
+1s    ask      undo last
within 1s  expect  row DOGEUSDT long 40000
5m     expect   row DOGEUSDT long 40000
       expect   finding quantity DOGEUSDT waits next undone
