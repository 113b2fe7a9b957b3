story  the history fails for ten minutes: nothing is invented and nothing closed, and the finding says what it waits for
rows   B-10 B-25 HOLE-9 S-078

 0.0s  both     DOGEUSDT long 40000 @ 0.38120
       mark     DOGEUSDT 0.40
       start    deaf
 5.0s  history  fails
       trade    DOGEUSDT sell 40000 @ 0.39
10m    expect   row DOGEUSDT long 40000
       expect   finding phantom DOGEUSDT next "asks for fills again"
       expect   event PHANTOM_POSITION_DETECTED DOGEUSDT x1
       history  ok
within 35s  expect  closed DOGEUSDT at 0.39 pnl 352 priced
