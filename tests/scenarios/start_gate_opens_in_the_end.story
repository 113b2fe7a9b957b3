story  an act of an earlier run that the venue never answers for does not leave an account unprotected
rows   E1 C-4 C-7

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     ETHUSDT 3050
       start    deaf
+30ms  kill
+1s    finds    fail
       cancels  s1 untold
       cancels  ETHUSDT untold
       start    deaf
+20s   expect   gate main saying "an act of an earlier run has no outcome yet"
       expect   sent no stop BTCUSDT
within 15s  expect  covered BTCUSDT at 58800
       expect   no gate main
within 2s  expect  covered ETHUSDT at 2940
       expect   account-finding unfinished saying "an act of an earlier run"
       ask      close ETHUSDT
within 5s  expect  answer done
       finds    ok
within 10s  expect  no account-finding unfinished
       expect   intents settled
