story  a stop named as a distance is rounded towards the market, never away from it
rows   S-189 C-8

 0.0s  instrument ORBSUSDT tick 0.0001
       venue    ORBSUSDT long 200 @ 0.0150
       venue    BLASTUSDT short 100 @ 0.0150
       instrument BLASTUSDT tick 0.0001
       start
 3.0s  ask      adopt ORBSUSDT stop 3%
       ask      adopt BLASTUSDT stop 3%
within 1s  expect  rests ORBSUSDT 1 at 0.0146 of 200
within 1s  expect  rests BLASTUSDT 1 at 0.0154 of 100
