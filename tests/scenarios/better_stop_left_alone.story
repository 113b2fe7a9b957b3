story  a stop equal to or better than the wanted one is left alone, a worse one is replaced first
rows   E4 C-8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     better ETHUSDT 2970
       both     SOLUSDT short 50 @ 150 stop 153
       stop     worse SOLUSDT 156
       start
30.0s  expect   covered ETHUSDT at 2970
       expect   sent no stop ETHUSDT
       expect   sent stop SOLUSDT buy 50 @ 153
       expect   sent cancel worse  only binance
       expect   rests SOLUSDT 1 at 153 of 50
       ledger   sets ETHUSDT stop 2980
within 2s  expect  sent stop ETHUSDT sell 10 @ 2980
within 1s  expect  sent cancel better  only binance
10m    expect   rests ETHUSDT 1 at 2980
       expect   no event POSITION_NAKED SOLUSDT
