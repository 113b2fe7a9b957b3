story  the venue's limits allow no question about fills: it is asked when they do, and three silent answers in ten seconds are enough
rows   S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     a DOGEUSDT 0.37100
       start    deaf
 5.0s  venue    flat DOGEUSDT
       history  held 50s
40.0s  expect   finding phantom DOGEUSDT next "asks for fills again at 02:40:55Z"
       expect   finding phantom DOGEUSDT next "limits allow no question before"
       expect   rows open 1 closed 0
54.5s  expect   sent history DOGEUSDT x1
60.0s  expect   sent history DOGEUSDT x3
       expect   finding phantom DOGEUSDT next "asks for fills again (2 empty answers)"
within 8s  expect  closed DOGEUSDT reason unexplained by sync unpriced evidence "no closing fill"
       expect   sent history DOGEUSDT x4
