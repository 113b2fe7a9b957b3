story  a phantom is told once when it is seen and once when it is closed, with what proves it and how to take it back
rows   S-079 S-085 S-086 S-088 S-201 S-206 S-049 S-050 S-055

 0.0s  ledger   DOGEUSDT long 1000 @ 0.38
       fill     DOGEUSDT sell 1000 @ 0.39 ago 10m trade 44
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       start
within 5s  expect  closed DOGEUSDT
+1s    expect   event PHANTOM_POSITION_DETECTED DOGEUSDT x1 severity WARNING
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1 severity WARNING saying not_on_exchange
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1 saying repair
       expect   event PHANTOM_POSITION_CLOSED DOGEUSDT x1 saying 44
10m    expect   event PHANTOM_POSITION_DETECTED x1
       expect   event PHANTOM_POSITION_CLOSED x1
