story  a close that cannot be proven flat stays CLOSE FAILED until it is, and a person may try again
rows   E6 E7 C-7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       both     BTCUSDT long 1 @ 60000 stop 58800
       stop     s2 BTCUSDT 58800
       start
 5.0s  stream   down
       looks    fail
       ask      close ETHUSDT
within 40s  expect  answer failed "not proven flat"
       expect   work ETHUSDT "CLOSE FAILED" "not proven flat"
5m     expect   work ETHUSDT "CLOSE FAILED"
       expect   sent close ETHUSDT x1
       looks    ok
       stream   up
within 40s  expect  closed ETHUSDT
within 2s  expect  no work ETHUSDT
+5s    expect   rests ETHUSDT 0
