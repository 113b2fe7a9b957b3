story  every word of the stream comes twice: everything is booked once
rows   S-125 B-16 E2

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
       stream   doubled
10.0s  trade    DOGEUSDT sell 15000 @ 0.39 trade 71
within 5s  expect  row DOGEUSDT long 25000 pnl 150
20.0s  trade    DOGEUSDT sell 25000 @ 0.40 trade 72
within 3s  expect  closed DOGEUSDT at 0.4 pnl 650
+10s   expect   event POSITION_CLOSED DOGEUSDT x1
       expect   event ORPHANED_SL_CLEANED DOGEUSDT x1  only binance
