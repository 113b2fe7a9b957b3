story  where the venue holds closes to a smallest value, a position worth less is dust
rows   E12
only   bybit

 0.0s  both     DOGEUSDT long 10 @ 0.6 stop 0.5
       stop     c22 DOGEUSDT 0.5
       start
 5.0s  expect   no findings
       mark     DOGEUSDT 0.49
       ask      resync
+1s    expect   finding dust DOGEUSDT waits
       expect   event POSITION_DUST x1
       mark     DOGEUSDT 0.6
       ask      resync
+1s    expect   no findings
       expect   event POSITION_DUST x2
