story  a stop goes to the entry price, or is refused while the market is on the wrong side of it
rows   E4 C-2

 0.0s  both     BTCUSDT short 0.5 @ 60000 stop 61200
       stop     s1 BTCUSDT 61200
       mark     BTCUSDT 60100
       start
 5.0s  ask      stop BTCUSDT break-even
       expect   answer refused "losing side"
       mark     BTCUSDT 59000
       ask      stop BTCUSDT break-even
within 1s  expect  answer done "stop at 60000"
+1s    expect   rests BTCUSDT 1 at 60000
       expect   row BTCUSDT stop 60000
