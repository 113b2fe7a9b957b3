story  what ended while nobody was watching is booked after the start, and says so
rows   S-061 S-062 S-064 S-093 S-127 A19.17 S-053

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38 order 555
       fill     DOGEUSDT buy 40000 @ 0.38 ago 1h order 555 fee 6
       fill     DOGEUSDT sell 40000 @ 0.39 ago 20m trade 71 fee 6
       stop     c22 DOGEUSDT sell 0.371 40000  only binance
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       history  fails 6
       start
within 30s  expect  closed DOGEUSDT at 0.39 pnl 388 reason external by startup priced
+5s    expect   rests DOGEUSDT 0
       expect   event POSITIONS_LOADED x1
       expect   event PHANTOM_POSITION_CLOSED x1
       expect   rests BTCUSDT 1
