story  while the venue liquidates, our repairs of the leg wait; then the row says what it was
rows   E13 S-041

 0.0s  both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
20.0s  works    BTCUSDT liquidating
21.0s  expect   finding trouble BTCUSDT next "liquidating it"
       expect   event POSITION_TROUBLE BTCUSDT x1 severity CRITICAL
       trade    BTCUSDT sell 0.2 @ 50000 client autoclose-1 origin liquidation
+40s   expect   row BTCUSDT long 0.5
       expect   finding quantity BTCUSDT
       works    BTCUSDT done
within 9s  expect  row BTCUSDT long 0.3 pnl -2000
       expect   event POSITION_TROUBLE BTCUSDT x2
       expect   event QUANTITY_MISMATCH BTCUSDT saying liquidation
       trade    BTCUSDT sell 0.3 @ 49900 client autoclose-2 origin liquidation
within 4s  expect  closed BTCUSDT pnl -5030 reason liquidation
