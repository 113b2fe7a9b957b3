story  a row whose position was closed and opened again ends by its own rule, where sizes are not followed
rows   S-125 S-126 E2

policy follow_quantity observe
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
10.0s  trade    DOGEUSDT sell 40000 @ 0.39 trade 71
       trade    DOGEUSDT buy 10000 @ 0.40 trade 72
within 40s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by sync priced evidence 71
