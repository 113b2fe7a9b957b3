story  a stop of ours that the last price fires covers, and is replaced by one that the mark fires, without a gap
rows   E4 C-8

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2950 by-last
       both     BTCUSDT long 1 @ 60000 stop 58800
       stop     s2 BTCUSDT 58800 foreign by-last
       start
within 3s  expect  sent stop ETHUSDT @ 2950 x1
       expect   covered ETHUSDT
+3s    expect   rests ETHUSDT 1 at 2950
       expect   sent cancel s1  only binance
       expect   no event POSITION_NAKED
+2m    expect   sent stop ETHUSDT x1
       expect   sent no stop BTCUSDT
       expect   covered BTCUSDT
