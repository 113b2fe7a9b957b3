story  the lease is lost while looks fail: what the account was worth is shown still
rows   E16 C-1

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  expect   worth main 100000 free 100000
       looks    fail
       lease    lost
+5s    expect   worth main 100000 free 100000
