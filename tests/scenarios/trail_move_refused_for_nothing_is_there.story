story  a move of a trailing stop is refused because there is nothing to reduce: that is a reason to look at once
rows   E4 S-130

 0.0s  policy   trailing 1.5%/0.5%/0.1%
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start    deaf
10.0s  trade    BTCUSDT sell 0.5 @ 60900 trade 7
       next     stop refused -2022
       mark     BTCUSDT 60900
+200ms expect   sent stop BTCUSDT x1
       expect   finding phantom BTCUSDT
