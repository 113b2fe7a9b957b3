story  an orphan is told with everything that is known of it: the venue's own symbol, side, size, entry and mark
rows   S-005 S-019 S-020 S-187 S-193

policy grace 1s
 0.0s  venue    1000PEPEUSDT short 5400 @ 0.0018 opened 1h
       mark     1000PEPEUSDT 0.0017
       start
within 10s  expect  event ORPHANED_POSITION_DETECTED 1000PEPEUSDT x1 severity CRITICAL saying "short 5400"
       expect   event ORPHANED_POSITION_DETECTED 1000PEPEUSDT saying entry_price
       expect   event ORPHANED_POSITION_DETECTED 1000PEPEUSDT saying 0.0018
       expect   event ORPHANED_POSITION_DETECTED 1000PEPEUSDT saying mark_price
       expect   event ORPHANED_POSITION_DETECTED 1000PEPEUSDT saying 0.0017
