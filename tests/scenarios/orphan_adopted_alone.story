story  in auto an orphan is adopted after its grace and two looks, with its stop, and only once
rows   S-071 S-067 S-183 S-189 S-195 A19.7 A19.8

policy grace 10s autonomy auto confirm 2s
 0.0s  venue    BLASTUSDT short 5400 @ 0.0018 opened 0s
       start
 9.0s  expect   no finding orphan BLASTUSDT
within 6s  expect  event ORPHANED_POSITION_DETECTED BLASTUSDT x1
within 4s  expect  row BLASTUSDT short 5400 @ 0.0018
within 1s  expect  covered BLASTUSDT at 0.00183
60.0s  expect   event POSITION_ADOPTED BLASTUSDT x1
       restart
+60s   restart
+60s   expect   event POSITION_ADOPTED BLASTUSDT x1
       expect   rows open 1 closed 0
       expect   rests BLASTUSDT 1
       expect   sent stop BLASTUSDT
