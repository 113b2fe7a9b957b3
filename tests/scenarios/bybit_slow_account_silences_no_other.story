story  one account does not answer for its stop: the other, with the same instrument, is asked all the same
rows   HOLE-7 E4 E16
only   bybit

       account  second bybit
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     second:BTCUSDT long 0.5 @ 60000 stop 58800
       stop     a BTCUSDT 58800
       stop     b second:BTCUSDT 58800
       start
10.0s  acts     take 90s
       orders   hide a
       ask      resync main
+1s    expect   sent find-stop BTCUSDT
       orders   hide b on second
       ask      resync second
+1s    expect   sent find-stop second:BTCUSDT
