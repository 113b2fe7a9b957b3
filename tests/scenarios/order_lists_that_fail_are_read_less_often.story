story  lists of orders that go on failing are read less and less often: the requests are needed for what protects
rows   HOLE-7 S-183

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     b BTCUSDT 58800
       start
10.0s  orders   fail
2m     expect   sent look x10
