story  a bot books its next position just before it trades: the end of the one before proves nothing about it
rows   S-038 S-125 C-2

 0.0s  both     DOGEUSDT long 40000 @ 0.38 stop 0.371
       start
20.0s  trade    DOGEUSDT sell 40000 @ 0.39
within 2s  expect  closed DOGEUSDT
21.0s  ledger   DOGEUSDT long 1000 @ 0.39 stop 0.38 opened 0s
+1s    expect   row DOGEUSDT long 1000
24.0s  trade    DOGEUSDT buy 1000 @ 0.39
within 2s  expect  rests DOGEUSDT 1 at 0.38 of 1000
1m     expect   no findings
       expect   rows open 1 closed 1
60.0s  expect   counters ledger 1 venue 1 verified 1
