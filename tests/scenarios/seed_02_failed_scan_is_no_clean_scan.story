story  an untracked position opens while the venue fails: the older bot said "no orphans", here nobody knows
rows   A19.2 S-021 S-191 S-183

policy grace 5s
 0.0s  start    deaf
10.0s  looks    fail
+20s   venue    AVLUSDT long 86 @ 0.2 opened 0s
6m     expect   unknown main since 30s
       ask      resync
+1s    expect   unknown main
       looks    ok
within 1m  expect  finding orphan AVLUSDT
       expect   event ORPHANED_POSITION_DETECTED AVLUSDT severity CRITICAL
