story  a bot that books its position a little late never sees it called an orphan
rows   S-194 S-038 S-182

policy grace 30s autonomy auto
 0.0s  instrument DOGEUSDT
       start
 5.0s  trade    DOGEUSDT buy 1000 @ 0.38
34.0s  expect   no finding orphan DOGEUSDT
       expect   counters venue 1 orphans 1
       ledger   DOGEUSDT long 1000 @ 0.38 opened 29s stop 0.37
60.0s  expect   no findings
       expect   no event ORPHANED_POSITION_DETECTED
       expect   no event POSITION_ADOPTED
       expect   event POSITION_OPENED DOGEUSDT x1
       expect   rests DOGEUSDT 1 at 0.37 of 1000
