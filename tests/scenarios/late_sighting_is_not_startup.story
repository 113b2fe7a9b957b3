story  the first complete look came late because the venue failed: what it misses was still missed at startup
rows   S-061 S-064

 0.0s  ledger   DOGEUSDT long 40000 @ 0.38
       fill     DOGEUSDT sell 40000 @ 0.39 ago 20m
       looks    fail 3
       start    deaf
within 30s  expect  closed DOGEUSDT at 0.39 by startup
       expect   event SYNC_FAILED x3
