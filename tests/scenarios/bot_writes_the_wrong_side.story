story  a bot buys and writes a short: the purchase that opened the long never closes the row, a person decides
rows   S-207 A19.10 E2

 0.0s  mark     ETHUSDT 3100
       start
10.0s  trade    ETHUSDT buy 2 @ 3100 trade 71
+100ms ledger   ETHUSDT short 2 @ 3100 opened 0s
+60s   expect   row ETHUSDT short 2
       expect   finding side ETHUSDT waits
       expect   rows open 1 closed 0
       expect   sent no close
