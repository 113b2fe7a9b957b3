story  a rule that only proposes looks as often as one that repairs: what it would do is said within half a minute
rows   C-3 S-078

policy close_phantom propose sync 10m
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     a DOGEUSDT 0.371
       start
 5.0s  history  empty
       venue    flat DOGEUSDT
       stream   says DOGEUSDT zero
within 25s  expect  finding phantom DOGEUSDT waits next "proposes: close the row without a price"
       expect   row DOGEUSDT
