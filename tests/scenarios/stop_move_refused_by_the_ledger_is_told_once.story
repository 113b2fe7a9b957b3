story  a moved stop could not be written because a bot was faster: that is the last word, and the venue is not asked
rows   C-1 C-6

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     BTCUSDT 60100
       start
 5.0s  ledger   conflicts
       ask      stop BTCUSDT at 59500
+5s    expect   answer failed "nothing was changed"
       expect   sent no stop
