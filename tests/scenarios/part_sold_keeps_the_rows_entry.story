story  a part is sold: the row keeps the entry that its own program wrote, whatever the venue's average is
rows   S-126 A19.12

 0.0s  ledger   ETHUSDT long 10 @ 3000 stop 2940
       venue    ETHUSDT long 10 @ 3001.5
       stop     s1 ETHUSDT 2940
       start
20.0s  trade    ETHUSDT sell 4 @ 3050 trade 71
within 6s  expect  row ETHUSDT long 6 @ 3000 pnl 200
