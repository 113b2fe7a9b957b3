story  what an account is worth is told by the stream between looks
rows   S-065

policy sync 10m
 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       account  alt
       start
 2.0s  stream   says worth 1200.5 free 900
 2.1s  expect   worth main 1200.5 free 900
60.0s  stream   on alt says worth 7 free 6.5
       stream   down
60.1s  expect   worth alt 7 free 6.5
       expect   worth main 1200.5 free 900
