story  no fill explains the end: only after complete histories is the row closed, without a price
rows   S-078 A19.6 B-10

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       start    deaf
 5.0s  venue    flat DOGEUSDT
       history  fails
90.0s  expect   finding phantom DOGEUSDT next "asks for fills again"
       expect   rows open 1 closed 0
       expect   nothing
       history  ok
       history  cut
3m     expect   nothing
       expect   rows open 1 closed 0
       history  ok
+5s    expect   rows open 1 closed 0
within 20s  expect  closed DOGEUSDT reason unexplained by sync unpriced evidence "no closing fill"
       expect   event PHANTOM_POSITION_CLOSED x1 saying "without a price"
+5s    expect   rests DOGEUSDT 0
