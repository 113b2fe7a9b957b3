story  acts of an earlier run come first: until the venue has said what became of them nothing else is sent for the account
rows   C-4 E1 E6

 0.0s  both     ETHUSDT long 10 @ 3000 stop 2940
       both     BTCUSDT long 0.5 @ 60000 stop 58800
       stop     s1 BTCUSDT 58800
       mark     ETHUSDT 3050
       start    deaf
+30ms  kill
+1s    finds    fail
       cancels  s1 untold
       start    deaf
+20s   expect   gate main saying "an act of an earlier run has no outcome yet"
       expect   sent stop ETHUSDT
       expect   sent no stop BTCUSDT
       ask      close ETHUSDT
       expect   answer refused "an act of an earlier run"
       finds    ok
within 5s  expect  no gate main
within 2s  expect  covered BTCUSDT at 58800
       expect   covered ETHUSDT at 2940
       expect   intents settled
