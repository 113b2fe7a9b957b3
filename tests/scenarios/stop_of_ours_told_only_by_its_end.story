story  the stream tells the end of a stop in our form that nobody has told of before: that is no second holdfast
rows   E16 S-188
only   binance

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
 5.0s  stop     s2 BTCUSDT 58000
       cancels  s2
+1s    expect   no account-finding second-engine
