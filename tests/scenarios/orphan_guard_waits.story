story  in guard an orphan waits for a person, however long; its own stop is seen and left alone
rows   S-185 S-186 S-187 S-188 S-192 A19.16 S-054

 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       stop     manual ORBSUSDT 0.0152 foreign
       start
 3.0s  expect   finding orphan ORBSUSDT waits next "a adopt, x close"
       expect   covered ORBSUSDT at 0.0152
       expect   no finding naked ORBSUSDT
       expect   event ORPHANED_POSITION_DETECTED ORBSUSDT x1 severity CRITICAL
1h     expect   nothing
       expect   no event POSITION_NAKED
       expect   event ORPHANED_POSITION_DETECTED ORBSUSDT x1
