story  the venue holds the other side, and holds what the ledger closed: the older bot promised to see both and saw none
rows   A19.10 S-197 S-207

policy grace 5s
 0.0s  ledger   DOGEUSDT long 40000 @ 0.38
       venue    DOGEUSDT short 40000 @ 0.38
       both     BTCUSDT long 0.5 @ 60000
       start    deaf
 5.0s  ledger   closes BTCUSDT
11m    expect   finding side DOGEUSDT waits
       expect   finding resurrected BTCUSDT waits
       expect   event SIDE_MISMATCH DOGEUSDT x1 severity CRITICAL
       expect   event ORPHANED_POSITION_DETECTED BTCUSDT x1 severity CRITICAL
       expect   sent no close
