story  an orphan was confirmed, and looks fail when its grace is over: what comes is said, and done once the account is known again
rows   C-6 C-3 HOLE-6

policy autonomy auto grace 20s
 0.0s  venue    LTCUSDT short 3 @ 90 opened 0s
       start
10.0s  looks    fail
       ask      resync
25.0s  expect   finding orphan LTCUSDT next "adopts it"
       expect   no finding phantom
       expect   no row LTCUSDT
       looks    ok
within 40s  expect  row LTCUSDT short 3
