story  an adoption was taken back; what it was about was turned over and nobody told: that is an orphan like any other
rows   S-087 A19.8 S-194

policy autonomy auto grace 5s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
within 9s  expect  row ORBSUSDT short 200
+2s    ask      undo last
within 1s  expect  answer done
+10s   ask      restore main adopt
+10s   trade    ORBSUSDT buy 500 @ 0.0150 untold
+60s   expect   row ORBSUSDT long 300
       expect   covered ORBSUSDT
