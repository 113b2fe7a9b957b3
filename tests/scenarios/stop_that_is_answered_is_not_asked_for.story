story  a stop whose answer names it as it was wanted is live by that: nobody asks for it again
rows   S-111

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT/short short 10 @ 3000 stop 3060
       mark     BTCUSDT 60100
       mark     ETHUSDT 2990
       start    deaf
within 1s  expect  covered BTCUSDT at 58800
+5s    expect   covered ETHUSDT/short at 3060
       expect   sent no find-stop
       expect   sent stop BTCUSDT x1
