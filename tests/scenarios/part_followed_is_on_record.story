story  a row follows a part: the journal says what part it was, at what price and with what profit
rows   S-126 S-198

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c22 DOGEUSDT 0.371
       start
20.0s  trade    DOGEUSDT sell 10000 @ 0.39 trade 71
within 5s  expect  repair follow_quantity DOGEUSDT by engine evidence "external"
       expect   row DOGEUSDT long 30000 pnl 100
