story  the stop of a long is no protection for the short that is opened on its leg before it could be taken away
rows   S-109 S-110 E6
only   binance

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       start
 5.0s  next     cancel refused -1008 x4
       trade    ETHUSDT sell 10 @ 3000
within 10s  expect  closed ETHUSDT
       venue    ETHUSDT short 10 @ 3000
       ledger   ETHUSDT short 10 @ 3000 stop 3060
within 35s  expect  sent stop ETHUSDT buy 10 @ 3060
within 5s  expect  covered ETHUSDT at 3060
within 2m  expect  rests ETHUSDT 1 at 3060
