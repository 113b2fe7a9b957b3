story  a stop of ours fires before liquidation and far behind where the row has it: it is replaced by the one that is asked for
rows   E4 C-8

 0.0s  both     BTCUSDT long 0.5 @ 60000 liq 50000 stop 58800
       stop     s1 BTCUSDT 55000
       mark     BTCUSDT 60000
       start
within 2s  expect  sent stop BTCUSDT sell 0.5 @ 58800
within 2s  expect  covered BTCUSDT at 58800
