story  two untracked positions and two restarts: the older bot added them at each start, here they are added once
rows   A19.8 S-067 S-070 S-076

policy autonomy auto grace 5s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150 opened 1h
       venue    BLASTUSDT short 5400 @ 0.0018 opened 1h
       start    deaf
60.0s  restart
+60s   restart
+60s   expect   event POSITION_ADOPTED x2
       expect   repair adopt ORBSUSDT x1
       expect   repair adopt BLASTUSDT x1
       expect   rows open 2 closed 0
       expect   rests ORBSUSDT 1
       expect   rests BLASTUSDT 1
