story  a position closed by hand while the stream was down is booked with its real price
rows   S-077 S-078 S-126 S-203 A19.3 A19.6

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     c22 DOGEUSDT 0.37100
       start    deaf
 1.0s  expect   no findings
       expect   counters ledger 1 venue 1 verified 1
       expect   covered DOGEUSDT at 0.371
 5.0s  trade    DOGEUSDT sell 40000 @ 0.38004 trade 91177 fee 1.5
29.0s  expect   nothing
       expect   row DOGEUSDT long 40000
within 2s  expect  finding phantom DOGEUSDT
       expect   row DOGEUSDT long 40000
within 4s  expect  closed DOGEUSDT at 0.38004 pnl -47.9 reason external by sync priced evidence 91177
within 2s  expect  sent cancel c22  only binance
       expect   event PHANTOM_POSITION_DETECTED DOGEUSDT x1
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1
       expect   sent no close
       expect   sent no stop
within 1s  expect  event ORPHANED_SL_CLEANED DOGEUSDT x1  only binance
