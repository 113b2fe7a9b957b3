story  while a close in parts waits for the venue's limit, a person sells all of it: the close is done, and nothing more is sent
rows   E6 E7

       instrument ETHUSDT max 4
 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     close held 20s
       ask      close ETHUSDT
+1s    trade    ETHUSDT sell 10 @ 3050 trade 71
within 5s  expect  answer done "is flat"
       expect   closed ETHUSDT at 3050 pnl 500 evidence 71
+60s   expect   sent close ETHUSDT x1
