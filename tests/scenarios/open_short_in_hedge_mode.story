story  in hedge mode a short opens the short leg, beside a long that is there already
rows   S-150 S-170 E11

 0.0s  mode     main hedge
       both     BTCUSDT/long long 1 @ 59000 stop 57000
       stop     s1 BTCUSDT/long 57000
       mark     BTCUSDT 60000
       start
 1.0s  mark     BTCUSDT 60000
 5.0s  ask      open BTCUSDT short 0.5 stop 61000
within 900ms  expect  answer done stop at 61000 is live
       expect   sent entry BTCUSDT/short sell 0.5 x1
       expect   row BTCUSDT/short short 0.5 @ 60000 stop 61000
       expect   row BTCUSDT/long long 1
       expect   holds BTCUSDT/long long 1
60.0s  expect   rests BTCUSDT/short 1 at 61000
       expect   no findings
