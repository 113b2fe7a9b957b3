story  the first look after a close is an old one, and no stream runs: the next look comes at once, not with the regular one
rows   E6 E7 S-183

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start    deaf
 5.0s  looks    old 1
       ask      close ETHUSDT
within 8s  expect  closed ETHUSDT at 3050 reason manual
       expect   sent close ETHUSDT x1
