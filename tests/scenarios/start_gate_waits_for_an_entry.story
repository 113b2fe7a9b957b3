story  an entry of an earlier run that nobody can ask about: nothing else is sent for the account before it is known
rows   S-167 C-4 E1

 0.0s  mark     BTCUSDT 60000
       both     ETHUSDT long 10 @ 3000 stop 2940
       stop     s1 ETHUSDT 2940
       mark     ETHUSDT 3050
       start
 1.0s  mark     BTCUSDT 60000
       next     entry resting
 5.0s  ask      open BTCUSDT long 0.5 stop 58800
+15ms  kill
+1s    finds    fail
       start    deaf
+5s    expect   gate main saying "an act of an earlier run has no outcome yet"
       ask      close ETHUSDT
       expect   answer refused "an act of an earlier run"
