story  an untracked position has a stop of its own: the older bot cried "no stop loss", here it is seen as covered
rows   A19.16 S-187 S-188

policy grace 5s
 0.0s  venue    AVLUSDT long 86 @ 0.2 opened 1h
       stop     own AVLUSDT 0.19 foreign
       start    deaf
6m     expect   finding orphan AVLUSDT
       expect   covered AVLUSDT at 0.19
       expect   no event POSITION_NAKED
       expect   no event ORPHANED_POSITION_DETECTED saying "NO STOP"
