story  words come while the first looks are out, so that their lists settle nothing: the next list is read at once
rows   S-113 HOLE-3

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       looks    take 500ms
       start
 0.3s  stream   says BTCUSDT long 0.5 @ 60000
 0.8s  stream   says BTCUSDT long 0.5 @ 60000
 1.1s  expect   unguarded BTCUSDT
within 3s  expect  covered BTCUSDT at 58800
       expect   sent no stop
