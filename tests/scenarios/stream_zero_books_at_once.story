story  with the stream alive a close by hand is booked within two seconds: one look and the zero prove it
rows   S-117 S-119 S-123 S-131 S-133 S-138 S-139 S-140 S-142 S-143 S-144 S-114 A19.17 S-137

 0.0s  both     DOGEUSDT long 40000 @ 0.38120 stop 0.37100
       stop     c22 DOGEUSDT 0.37100
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.38004
within 2s  expect  closed DOGEUSDT at 0.38004 pnl -46.4 reason external by stream priced evidence stream_zero
within 1s  expect  sent cancel c22  only binance
within 1s  expect  event POSITION_CLOSED DOGEUSDT x1
       expect   no event PHANTOM_POSITION_DETECTED
3m     expect   rests DOGEUSDT 0
       expect   counters ledger 0 venue 0
       expect   sent no stop
       expect   sent no restream
