story  closed and opened again in another size between two looks: whoever opened it is given the grace to register it
rows   S-125 S-126 S-194 E2

policy autonomy auto grace 20s sync 10s
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start    deaf
1m     trade    DOGEUSDT sell 40000 @ 0.39 trade 71
       trade    DOGEUSDT buy 10000 @ 0.40 trade 72
within 16s  expect  closed DOGEUSDT at 0.39 pnl 400 reason external by sync priced evidence 71
+2s    expect   no row DOGEUSDT
       ledger   DOGEUSDT long 10000 @ 0.40 stop 0.392 opened 0s
+1m    expect   row DOGEUSDT long 10000 @ 0.40 stop 0.392
       expect   no event POSITION_ADOPTED
       expect   covered DOGEUSDT at 0.392
# Nobody registers this one: it is adopted when its own grace is over.
       trade    DOGEUSDT sell 10000 @ 0.41 trade 73
       trade    DOGEUSDT buy 5000 @ 0.42 trade 74
within 16s  expect  closed DOGEUSDT at 0.41
+1s    expect   no row DOGEUSDT
within 20s  expect  row DOGEUSDT long 5000
       expect   event POSITION_ADOPTED DOGEUSDT x1
