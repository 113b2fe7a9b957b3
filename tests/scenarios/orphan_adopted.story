story  an orphan is adopted by the operator and gets its stop
rows   S-071 S-069 S-116 S-193 A19.7 HOLE-11

policy grace 5s stop 2%
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
within 3s  expect  finding orphan ORBSUSDT waits
       expect   event ORPHANED_POSITION_DETECTED ORBSUSDT x1
 8.0s  expect   finding naked ORBSUSDT
       expect   sent no stop
       ask      adopt ORBSUSDT
       expect   answer accepted adopting main ORBSUSDT short 200
within 1s  expect  row ORBSUSDT short 200 @ 0.0150
within 1s  expect  rests ORBSUSDT 1 at 0.0153 of 200
within 1s  expect  answer done "stop at 0.0153 is live"
       expect   covered ORBSUSDT
       expect   sent stop ORBSUSDT buy 200 @ 0.0153
       expect   event POSITION_ADOPTED ORBSUSDT x1
       expect   event STOP_PLACED ORBSUSDT x1
       expect   intents settled
60.0s  expect   no findings
       expect   sent stop ORBSUSDT
       expect   counters ledger 1 venue 1 verified 1 orphans 0
