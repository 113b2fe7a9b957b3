story  two accounts on different rungs: one repairs, the other proposes, a third rule is only told
rows   S-185 A19.11 C-7 E1

account second
policy grace 5s
policy on main autonomy auto protect repair
policy on second autonomy guard close_phantom propose clean_stops observe
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       venue    second:ORBSUSDT short 200 @ 0.0150
       ledger   DOGEUSDT long 40000 @ 0.38
       fill     DOGEUSDT sell 40000 @ 0.39
       ledger   second:DOGEUSDT long 40000 @ 0.38
       fill     second:DOGEUSDT sell 40000 @ 0.39
       start    deaf
2m     expect   row ORBSUSDT short 200
       expect   closed DOGEUSDT at 0.39
       expect   no row second:ORBSUSDT
       expect   finding orphan second:ORBSUSDT waits next "proposes: adopt it"
       expect   row second:DOGEUSDT long 40000
       expect   finding phantom second:DOGEUSDT waits next "proposes: close the row at 0.39"
       expect   trust second clean_stops observe
       expect   trust second adopt propose
       expect   trust main adopt repair
