story  the venue liquidates a part and then the rest: the row follows, then ends by liquidation
rows   E13 B-26 S-096

# freqtrade#7107: a liquidation was not seen and the bot served a dead trade.
 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       stop     c DOGEUSDT 0.371
       start
10.0s  trade    DOGEUSDT sell 15000 @ 0.36 trade 71 client autoclose-1 origin liquidation
within 4s  expect  row DOGEUSDT long 25000 pnl -300
+10s   trade    DOGEUSDT sell 25000 @ 0.35 trade 72 client autoclose-2 origin liquidation
within 3s  expect  closed DOGEUSDT pnl -1050 reason liquidation
within 5s  expect  rests DOGEUSDT 0
       expect   no event STOP_LOST
