story  an orphan leg beside a tracked one is seen
rows   S-010 A19.11

 0.0s  venue    hedged main
       both     BTCUSDT/long long 0.5 @ 60000 stop 58800
       venue    BTCUSDT/short short 0.2 @ 60500
       stop     l BTCUSDT/long 58800
       start
 3.0s  expect   finding orphan BTCUSDT/short
       expect   no finding BTCUSDT/long
       ask      adopt BTCUSDT/short
within 2s  expect  covered BTCUSDT/short
       expect   rows open 2
