story  adopted with a tighter stop than the one that rests: done is said when the tighter one alone is there
rows   S-189 A19.7

policy autonomy observe
 0.0s  venue    ETHUSDT short 2 @ 3100
       stop     old ETHUSDT 3167
       mark     ETHUSDT 3100
       start
 3.0s  ask      adopt ETHUSDT stop 3130
within 2s  expect  answer done 3130
       expect   rests ETHUSDT 1 at 3130 of 2
       expect   sent cancel old  only binance
