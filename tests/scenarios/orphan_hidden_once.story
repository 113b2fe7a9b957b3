story  one answer without an orphan does not tell that it is gone; answers that agree do
rows   S-183 S-194 C-1

 0.0s  venue    ETHUSDT short 2 @ 3100
       start
 5.0s  expect   finding orphan ETHUSDT
       looks    empty 1
       ask      resync
+1s    expect   finding orphan ETHUSDT
       expect   no event POSITION_CLOSED
10.0s  expect   finding orphan ETHUSDT
       expect   event ORPHANED_POSITION_DETECTED ETHUSDT x1
20.0s  trade    ETHUSDT buy 2 @ 3090 untold
       ask      resync
within 5s  expect  no finding
       expect   event POSITION_CLOSED ETHUSDT x1
