story  another engine has the lease of one account: what was done in the other one is taken back from here
rows   E16 S-087

policy autonomy auto grace 1s
       account  second
 0.0s  venue    ORBSUSDT short 200 @ 0.0150
       start
 1.0s  lease    standby second
within 5s  expect  row ORBSUSDT short 200
+2s    ask      undo last
within 1s  expect  answer done
       expect   no row ORBSUSDT
