story  the venue has banned the address, and a lease goes and comes: nothing is sent before the ban is over
rows   E16 E8

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start    deaf
 5.0s  looks    held 40s
       ask      resync
+1s    expect   unknown main
       expect   sent look x2
       lease    lost
       lease    held
+20s   expect   sent look x2
within 25s  expect  known main
