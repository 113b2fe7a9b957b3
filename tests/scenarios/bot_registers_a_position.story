story  a bot opens and registers a position: it is under guard at once, with the stop the row names
rows   S-036 S-112 S-113

 0.0s  instrument SOLUSDT
       start
10.0s  trade    SOLUSDT buy 50 @ 150
+500ms ledger   SOLUSDT long 50 @ 150 stop 147 opened 0s
within 2s  expect  rests SOLUSDT 1 at 147 of 50
within 1s  expect  covered SOLUSDT
       expect   event POSITION_OPENED SOLUSDT x1
       expect   span SOLUSDT ended
60.0s  expect   no findings
