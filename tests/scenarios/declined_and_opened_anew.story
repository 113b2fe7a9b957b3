story  an adoption was taken back; what it was about is closed and something else opened at once: that is an orphan like any other
rows   S-087 A19.8 S-194

policy autonomy auto grace 5s
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
within 9s  expect  row ORBSUSDT short 200
+2s    ask      undo last
within 1s  expect  answer done
+10s   ask      restore main adopt
+10s   trade    ORBSUSDT buy 200 @ 0.0150
+20ms  trade    ORBSUSDT sell 300 @ 0.0150
+15s   expect   row ORBSUSDT short 300
       expect   covered ORBSUSDT
