story  adopted with a stop of the operator's choosing: the row keeps it, the venue has it
rows   S-189 S-115 A19.7

policy autonomy observe
 0.0s  venue    ORBSUSDT long 200 @ 0.0150
       mark     ORBSUSDT 0.0151
       start
 3.0s  ask      adopt ORBSUSDT stop 0.0149
within 1s  expect  answer done
       expect   row ORBSUSDT long 200 @ 0.015 stop 0.0149
       expect   rests ORBSUSDT 1 at 0.0149 of 200
       cancels  ORBSUSDT
+10s   expect   naked ORBSUSDT
       expect   sent stop ORBSUSDT
