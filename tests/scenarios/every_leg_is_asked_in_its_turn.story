story  one leg's questions fail again and again: the others are asked all the same, each in its own time
rows   B-5 HOLE-7 E2

 0.0s  both     AAAUSDT long 100 @ 10
       both     BBBUSDT long 100 @ 10
       both     CCCUSDT long 100 @ 10
       both     DDDUSDT long 100 @ 10
       both     EEEUSDT long 100 @ 10
       start    deaf
10.0s  trade    AAAUSDT sell 100 @ 11
       trade    BBBUSDT sell 100 @ 11
       history  fails 6
within 1m  expect  rows open 3 closed 2
       expect   closed AAAUSDT at 11
       expect   closed BBBUSDT at 11
