story  a look takes long and shows what was opened while it was out: the grace is counted from its answer, not from when it was asked for
rows   S-194 S-038

policy autonomy auto grace 20s sync 10s
 0.0s  instrument DOGEUSDT
       start    deaf
 9.0s  looks    take 8s
17.5s  venue    DOGEUSDT long 1000 @ 0.38 undated
38.0s  expect   no event POSITION_ADOPTED
       expect   no finding orphan DOGEUSDT
within 20s  expect  finding orphan DOGEUSDT
