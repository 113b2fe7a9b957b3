story  a stop is taken away on what a look says now, not on what one said before something was bought again
rows   C-7 E4 E6

 0.0s  both     AAAUSDT long 100 @ 10 stop 9.5
       both     BBBUSDT long 100 @ 10 stop 9.5
       both     CCCUSDT long 100 @ 10 stop 9.5
       stop     a AAAUSDT 9.5
       stop     b BBBUSDT 9.5
       stop     c CCCUSDT 9.5
       mark     AAAUSDT 10
       start
20.0s  history  fails 3
+3445ms stream  down
+2092ms ask     close AAAUSDT
+4498ms trade   AAAUSDT buy 1 @ 9
+5s    expect   holds AAAUSDT long 1
       expect   rests AAAUSDT 1 only binance
+5m    expect   finding resurrected AAAUSDT
