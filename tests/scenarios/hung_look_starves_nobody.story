story  a look hangs for a minute: stops come back, closes are asked about and carried out all the same
rows   HOLE-7 E4 E7 B-5

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     b BTCUSDT 58800
       stop     e ETHUSDT 2940
       start
10.0s  looks    take 60s
       ask      resync
+1s    cancels  b
within 2s  expect  covered BTCUSDT at 58800
       ask      close ETHUSDT 50%
within 2s  expect  holds ETHUSDT long 5
+1m    looks    ok
+1m    expect   row ETHUSDT long 5
       expect   sent look x5
