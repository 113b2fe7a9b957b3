story  a stop of ours still rests where nothing is open: an open there is refused, for the stop would close it
rows   S-158 C-6
only   binance

 0.0s  mark     AVLUSDT 0.2
38.0s  stop     s1 AVLUSDT sell 0.19 86
       both     BTCUSDT long 0.5 @ 60000
       start    deaf
       venue    flat AVLUSDT
40.0s  mark     AVLUSDT 0.2
       ask      open AVLUSDT long 86 stop 5%
       expect   answer refused "a stop of ours still rests"
+2s    expect   sent no entry
