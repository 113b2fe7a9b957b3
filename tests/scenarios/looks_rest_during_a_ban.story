story  a ban of two minutes: nothing is sent into it, it is told once a minute and until when, nothing is concluded, and a stop lost meanwhile is back within one look
rows   S-183 B-9 E9 E16

 0.0s  account  other
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       both     other:ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 BTCUSDT 58800
       stop     e1 other:ETHUSDT 2940
       start    deaf
 5.0s  expect   no findings
       looks    held 2m on main
       cancels  s1 untold
31.0s  expect   unknown main
       expect   event SYNC_FAILED x1 saying "nothing is concluded before 02:42:05Z"
       expect   row BTCUSDT long 0.5
       expect   known other
2m     expect   unknown main
       expect   event SYNC_FAILED x1
       expect   sent no stop BTCUSDT
       expect   covered other:ETHUSDT
within 6s  expect  known main
within 7s  expect  covered BTCUSDT
       expect   event SYNC_FAILED x1
